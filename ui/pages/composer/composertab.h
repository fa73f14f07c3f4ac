// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/client/sender.h"
#include "ui/models/composerhistory.h"
#include "ui/pages/composer/exchangefinder.h"

#include <QWidget>

#include <memory>

namespace gatehouse::ui {

class AnswerView;
class Destinations;
class Environments;
class HistoryView;
class RepeatPanel;
class RequestEditor;
class TestPanel;
struct Jump;

/// One request: its editor, its answer, and what was sent before.
class ComposerTab : public QWidget
{
    Q_OBJECT

public:
    /// Nothing is owned; all must outlive the tab.
    ComposerTab(client::AdminApi &api, const Destinations &destinations,
                const Environments &environments, QWidget *parent = nullptr);
    ~ComposerTab() override;

    void setRequest(const ComposerRequest &request);
    [[nodiscard]] ComposerRequest request() const;
    [[nodiscard]] QString title() const;
    /// Sends what stands there, or says at the place why it cannot.
    void send();
    void cancel();
    [[nodiscard]] bool isSending() const { return m_context != nullptr; }
    /// Makes a test of a recorded exchange, whose secrets are masked, and shows it.
    void makeTest(const client::ExchangeDetail &detail);
    /// Takes the request out of a curl command, or says why it cannot.
    void importCurl(const QString &command);
    void say(const QString &sentence, bool isError);
    void setMasked(bool on);

    [[nodiscard]] RequestEditor &editor() const { return *m_editor; }
    [[nodiscard]] AnswerView &answer() const { return *m_answer; }
    [[nodiscard]] HistoryView &historyView() const { return *m_historyView; }
    [[nodiscard]] RepeatPanel &repeatPanel() const { return *m_repeat; }
    [[nodiscard]] TestPanel &testPanel() const { return *m_test; }
    [[nodiscard]] const ComposerHistory &history() const { return m_history; }

Q_SIGNALS:
    /// The request or its title may be another one now.
    void edited();
    void openPlace(const gatehouse::client::Place &place);
    void jumpWanted(const gatehouse::ui::Jump &jump);

private:
    void connectAll();
    void take(const Result<client::IncomingAnswer> &answer, const QByteArray &tag, bool isDirect);
    void findExchange(const QByteArray &tag);
    void takeExchange(const client::ExchangeDetail &detail);
    void endSending();
    void repeat();
    void restore(const ComposerSent &sent);
    void showExchange(quint64 seq);
    void compare(quint64 before, quint64 after);
    void applyEnvironment();

    const Destinations &m_destinations;
    const Environments &m_environments;
    client::Sender m_sender;
    ExchangeFinder m_finder;
    ExchangeFinder m_otherFinder;
    ComposerHistory m_history;
    std::unique_ptr<QObject> m_context; ///< of the request under way
    quint64 m_sentId = 0;
    RequestEditor *m_editor;
    AnswerView *m_answer;
    HistoryView *m_historyView;
    RepeatPanel *m_repeat;
    TestPanel *m_test;
};

} // namespace gatehouse::ui
