// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/composeroutgoing.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QPushButton;
class QStackedWidget;
class QTabBar;

namespace gatehouse::ui {

class AuthEditor;
class BodyEditor;
class DestinationBar;
class Destinations;
class FieldEditor;
class ProblemLine;
class TargetLine;

/// A request under edit. Query and target are two views of one thing. Further pages can be added
/// behind its own.
class RequestEditor : public QWidget
{
    Q_OBJECT

public:
    enum Page { Query, Headers, Body, Auth, OwnPages };

    /// \a destinations is not owned and must outlive the editor.
    explicit RequestEditor(const Destinations &destinations, QWidget *parent = nullptr);
    ~RequestEditor() override;

    void setRequest(const ComposerRequest &request);
    [[nodiscard]] ComposerRequest request() const;
    void setEnvironment(const ComposerEnvironment &environment);
    /// What would be sent now, with its problems shown at their places.
    OutgoingPlan plan(FileBodies files = FileBodies::Check);
    /// The same for the clipboard: secret variables stay as they are written.
    [[nodiscard]] OutgoingPlan exportPlan() const;

    void addPage(const QString &title, QWidget *page);
    void showPage(QWidget *page);
    void setCurrentPage(int page);
    [[nodiscard]] int currentPage() const;
    /// While it is under way the button gives it up.
    void setSending(bool on);
    void setMasked(bool on);
    /// A sentence below the target about what just happened there.
    void say(const QString &sentence, bool isError);
    void focusTarget();

    [[nodiscard]] QString sentence() const;
    [[nodiscard]] DestinationBar &destination() const { return *m_destination; }
    [[nodiscard]] FieldEditor &headers() const { return *m_headers; }
    [[nodiscard]] BodyEditor &body() const { return *m_body; }
    [[nodiscard]] QPushButton *sendButton() const { return m_send; }

Q_SIGNALS:
    void edited();
    void sendWanted();
    void cancelWanted();
    void curlPasted(const QString &command);

private:
    void makePages();
    [[nodiscard]] QWidget *makeTop();
    void connectAll();
    void onTargetEdited();
    void onQueryEdited();
    void onEdited();
    void writeAuthorization(const QString &value);
    void examine();
    void markTarget(const OutgoingPlan &plan);
    void showCounts();

    QComboBox *m_method;
    TargetLine *m_target;
    QPushButton *m_send;
    DestinationBar *m_destination;
    ProblemLine *m_problem;
    QTabBar *m_bar;
    QStackedWidget *m_stack;
    FieldEditor *m_query;
    FieldEditor *m_headers;
    BodyEditor *m_body;
    AuthEditor *m_auth;
    ComposerEnvironment m_environment;
    QString m_news; ///< what say() said, until the next edit
    bool m_isNewsError = false;
    bool m_isSending = false;
    bool m_isFilling = false;
};

} // namespace gatehouse::ui
