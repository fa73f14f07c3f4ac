// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/filteredit.h"

#include "engine/filter/review.h"
#include "ui/models/units.h"
#include "ui/settings/type.h"
#include "ui/widgets/filterline.h"
#include "ui/widgets/icons.h"

#include <QGridLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QListWidget>
#include <QTimer>

namespace gatehouse::ui {

namespace {

constexpr int debounceMs = 150;
constexpr qsizetype mostHistory = 100;
constexpr int shownCompletions = 10;

struct Look
{
    Glyph glyph;
    Token token;
};

Look lookOf(FilterEdit::State state)
{
    switch (state) {
    case FilterEdit::State::Valid:
        return {Glyph::Ok, Token::Ok};
    case FilterEdit::State::Suspicious:
        return {Glyph::Warning, Token::Warn};
    case FilterEdit::State::Invalid:
        return {Glyph::Error, Token::Error};
    case FilterEdit::State::Empty:
        break;
    }
    return {Glyph::Filter, Token::Text3};
}

} // namespace

FilterEdit::FilterEdit(QWidget *parent)
    : QWidget(parent)
    , m_line(new FilterLine(this))
    , m_icon(new QLabel(this))
    , m_sentence(new QLabel(this))
    , m_popup(new QListWidget(this))
    , m_debounce(new QTimer(this))
{
    setFocusProxy(m_line);
    m_line->setAccessibleName(tr("Filter"));
    m_line->setPlaceholderText(tr("Filter: status:5xx, route:orders, dur>200ms, text\u2026"));
    m_line->setClearButtonEnabled(true);
    m_line->setFont(type::data());
    m_line->setFrame(false);
    m_line->setTextMargins(8, 2, 4, 4);
    m_line->setMinimumHeight(type::px(32));
    m_line->installEventFilter(this);
    m_line->setMaxLength(8192);
    m_icon->setAccessibleName(tr("State of the filter"));
    m_sentence->setAccessibleName(tr("What the filter means"));
    m_sentence->setFont(type::words(11));
    m_sentence->setTextFormat(Qt::PlainText);
    m_sentence->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    auto *const layout = new QGridLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setHorizontalSpacing(4);
    layout->setVerticalSpacing(4);
    layout->addWidget(m_line, 0, 0, 1, 2);
    layout->addWidget(m_icon, 1, 0);
    layout->addWidget(m_sentence, 1, 1);
    layout->setColumnStretch(1, 1);

    m_popup->setWindowFlags(Qt::ToolTip | Qt::FramelessWindowHint);
    m_popup->setFocusPolicy(Qt::NoFocus);
    m_popup->setUniformItemSizes(true);
    m_popup->setAccessibleName(tr("Completions"));
    m_popup->setFont(type::data(12));
    m_popup->hide();
    connect(m_popup, &QListWidget::itemClicked, this,
            [this](QListWidgetItem *item) { accept(m_popup->row(item)); });
    m_debounce->setSingleShot(true);
    m_debounce->setInterval(debounceMs);
    connect(m_debounce, &QTimer::timeout, this, &FilterEdit::applyNow);
    connect(m_line, &QLineEdit::textChanged, this, &FilterEdit::textEdited);
    connect(m_line, &QLineEdit::textEdited, this, [this] { complete(false); });
    connect(m_line, &QLineEdit::returnPressed, this, [this] {
        remember();
        applyNow();
    });
    showState();
}

FilterEdit::~FilterEdit() = default;

void FilterEdit::setVocabulary(const filter::Vocabulary *vocabulary)
{
    m_vocabulary = vocabulary;
}

QString FilterEdit::text() const
{
    return m_line->text();
}

QString FilterEdit::sentence() const
{
    return m_sentence->text();
}

bool FilterEdit::isCompleting() const
{
    return m_popup->isVisible();
}

void FilterEdit::focusText()
{
    m_line->setFocus(Qt::ShortcutFocusReason);
    m_line->selectAll();
}

void FilterEdit::setText(const QString &text, bool isApplied)
{
    m_line->setText(text);
    if (!isApplied) {
        m_debounce->stop();
        return;
    }
    remember();
    applyNow();
}

void FilterEdit::textEdited()
{
    examine();
    if (m_state == State::Invalid)
        m_debounce->stop();
    else
        m_debounce->start();
}

void FilterEdit::examine()
{
    const QString text = m_line->text();
    const auto expression = filter::Expression::parse(text);
    if (!expression) {
        const bool isFiltering = !m_expression.isEmpty();
        put(State::Invalid, expression.error(),
            expression.error().message
                + (isFiltering ? tr(". Still in force: %1").arg(m_expression.format())
                               : QString()));
        return;
    }
    const std::vector<filter::Problem> warnings = filter::review(*expression, text, m_vocabulary);
    if (!warnings.empty())
        put(State::Suspicious, warnings.front(), warnings.front().message);
    else
        put(expression->isEmpty() ? State::Empty : State::Valid, {-1, 0, {}, {}},
            expression->english());
}

void FilterEdit::put(State state, const filter::Problem &problem, const QString &sentence)
{
    m_problem = problem;
    QString shown = sentence;
    if (!problem.fix.isEmpty())
        shown += tr("  Alt+Enter: %1").arg(problem.fix);
    m_sentence->setText(shown);
    m_line->setAccessibleDescription(shown);
    const bool isTroubled = state == State::Invalid || state == State::Suspicious;
    m_line->setMark(isTroubled ? problem.column : -1, problem.length);
    const bool isNew = std::exchange(m_state, state) != state;
    showState();
    if (isNew)
        Q_EMIT stateChanged(state);
}

void FilterEdit::showState()
{
    const auto [glyph, token] = lookOf(m_state);
    const int side = type::px(14);
    m_icon->setPixmap(icon(glyph, token).pixmap(side, side));
    m_icon->setFixedSize(side, side);
    m_line->setEdge(m_state == State::Empty ? Token::LineStrong : token);
    QPalette palette = m_sentence->palette();
    palette.setColor(QPalette::WindowText,
                     Theme::current().color(m_state == State::Valid || m_state == State::Empty
                                                ? Token::Text2
                                                : token));
    m_sentence->setPalette(palette);
    if (m_state == State::Empty)
        m_sentence->setText(tr("Everything is shown. Ctrl+Space completes."));
}

void FilterEdit::showWarning(const filter::Problem &problem)
{
    put(State::Suspicious, problem, problem.message);
}

void FilterEdit::applyNow()
{
    m_debounce->stop();
    auto expression = filter::Expression::parse(m_line->text());
    if (!expression)
        return;
    if (*expression == m_expression)
        return;
    m_expression = std::move(*expression);
    Q_EMIT applied(m_expression);
}

bool FilterEdit::applyFix()
{
    if (m_problem.fix.isEmpty())
        return false;
    m_line->setText(m_problem.fix);
    applyNow();
    return true;
}

void FilterEdit::setHistory(const QStringList &history)
{
    m_history = history.mid(0, mostHistory);
}

void FilterEdit::remember()
{
    const QString text = m_line->text().trimmed();
    m_browsed = -1;
    if (text.isEmpty() || m_state == State::Invalid || m_history.value(0) == text)
        return;
    m_history.removeAll(text);
    m_history.prepend(text);
    m_history = m_history.mid(0, mostHistory);
    Q_EMIT historyChanged(m_history);
}

void FilterEdit::browse(int step)
{
    const int next = m_browsed + step;
    if (next < -1 || next >= m_history.size())
        return;
    if (m_browsed < 0)
        m_draft = m_line->text();
    m_browsed = next;
    m_line->setText(next < 0 ? m_draft : m_history[next]);
}

void FilterEdit::complete(bool isAsked)
{
    m_popup->hide();
    const bool isWorthIt = isAsked || !m_line->text().isEmpty();
    m_completions.clear();
    if (isWorthIt && m_line->hasFocus())
        m_completions = filter::complete(m_line->text(), m_line->cursorPosition(), m_vocabulary);
    // Operators alone, after every complete name, are noise while one types.
    if (m_completions.empty())
        return;
    m_popup->clear();
    for (const filter::Completion &completion : m_completions) {
        QString line = completion.label.leftJustified(22);
        if (completion.count >= 0)
            line += groupedNumber(completion.count).rightJustified(9);
        else
            line += completion.detail;
        m_popup->addItem(line);
    }
    m_popup->setCurrentRow(isAsked ? 0 : -1);
    const int rows = std::min(shownCompletions, m_popup->count());
    m_popup->setFixedSize(std::min(type::px(420), std::max(type::px(240), width())),
                          rows * m_popup->sizeHintForRow(0) + 4);
    m_popup->move(m_line->mapToGlobal(QPoint(0, m_line->height())));
    m_popup->show();
}

void FilterEdit::accept(int row)
{
    if (row < 0 || row >= int(m_completions.size()))
        return;
    const filter::Completion completion = m_completions[std::size_t(row)];
    m_popup->hide();
    QString text = m_line->text();
    text.replace(completion.replaceFrom, completion.replaceLength, completion.insert);
    m_line->setText(text);
    m_line->setCursorPosition(int(completion.replaceFrom + completion.insert.size()));
    complete(false); // after a name come operators, after a colon come values
}

bool FilterEdit::handlePopupKey(QKeyEvent *event)
{
    const int row = m_popup->currentRow();
    const int count = m_popup->count();
    switch (event->key()) {
    case Qt::Key_Down:
        m_popup->setCurrentRow((row + 1) % count);
        return true;
    case Qt::Key_Up:
        m_popup->setCurrentRow(row <= 0 ? count - 1 : row - 1);
        return true;
    case Qt::Key_Escape:
        m_popup->hide();
        return true;
    case Qt::Key_Tab:
        accept(std::max(row, 0));
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (row < 0 || event->modifiers() != Qt::NoModifier) {
            m_popup->hide();
            return false;
        }
        accept(row);
        return true;
    default:
        return false;
    }
}

bool FilterEdit::handleKey(QKeyEvent *event)
{
    const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (isEnter && event->modifiers() & Qt::AltModifier) {
        m_popup->hide();
        return applyFix();
    }
    if (m_popup->isVisible() && handlePopupKey(event))
        return true;
    const bool isControl = event->modifiers() == Qt::ControlModifier;
    if (isControl && event->key() == Qt::Key_Space) {
        complete(true);
        return true;
    }
    if (isControl && event->key() == Qt::Key_S) {
        Q_EMIT saveWanted(m_line->text());
        return true;
    }
    if (event->key() == Qt::Key_Up || event->key() == Qt::Key_Down) {
        browse(event->key() == Qt::Key_Up ? 1 : -1);
        return true;
    }
    if (event->key() == Qt::Key_Escape) {
        Q_EMIT left();
        return true;
    }
    return false;
}

bool FilterEdit::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_line && event->type() == QEvent::KeyPress)
        return handleKey(static_cast<QKeyEvent *>(event));
    if (watched == m_line && (event->type() == QEvent::FocusOut || event->type() == QEvent::Hide))
        m_popup->hide();
    return QWidget::eventFilter(watched, event);
}

void FilterEdit::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange)
        showState();
    QWidget::changeEvent(event);
}

} // namespace gatehouse::ui
