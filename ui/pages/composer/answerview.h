// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/client/sender.h"
#include "ui/pages/detail/detailview.h"

#include <optional>

class QLabel;
class QStackedWidget;
class QToolButton;

namespace gatehouse::ui {

class BodyView;
class FieldTable;
class ProblemLine;

/// What came of a request: status, time and size at the top, below them the exchange as the engine
/// recorded it, or the answer as it was received.
class AnswerView : public QWidget
{
    Q_OBJECT

public:
    /// \a api is not owned and must outlive the view.
    explicit AnswerView(client::AdminApi &api, QWidget *parent = nullptr);
    ~AnswerView() override;

    void showNothing();
    void showWaiting(const QString &request);
    /// \a isDirect: there will be no exchange.
    void showAnswer(const client::IncomingAnswer &answer, bool isDirect);
    void showError(const QString &sentence);
    void showExchange(const client::ExchangeDetail &detail);
    /// Why there is no exchange; the answer stays.
    void showNoExchange(const QString &sentence);
    void setOther(std::optional<client::ExchangeDetail> other);

    [[nodiscard]] DetailView &detail() const { return *m_detail; }
    /// "200 OK".
    [[nodiscard]] QString headline() const;
    [[nodiscard]] QString sentence() const;
    [[nodiscard]] bool isShowingExchange() const;

Q_SIGNALS:
    void openPlace(const gatehouse::client::Place &place);
    void jumpWanted(const gatehouse::ui::Jump &jump);

private:
    [[nodiscard]] QWidget *makeTop();
    [[nodiscard]] QWidget *makeRaw();
    void showRaw(bool on);
    void setStatus(int status, const QString &text);

    QLabel *m_status;
    QLabel *m_facts;
    QToolButton *m_asReceived;
    ProblemLine *m_problem;
    QStackedWidget *m_stack;
    QWidget *m_empty;
    QLabel *m_waitingText = nullptr; ///< these three before the pages that make them
    FieldTable *m_headers = nullptr;
    BodyView *m_body = nullptr;
    QWidget *m_waiting;
    QWidget *m_raw;
    DetailView *m_detail;
    bool m_hasExchange = false;
};

} // namespace gatehouse::ui
