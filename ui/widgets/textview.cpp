// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/textview.h"

#include "ui/models/bytesearch.h"
#include "ui/widgets/textviewlaid.h"

#include <QAccessibleWidget>
#include <QPainter>
#include <QScrollBar>

namespace gatehouse::ui {

namespace {

constexpr qint64 inlineBytes = 256 * 1024; // indexed at once, without a thread

class Accessible final : public QAccessibleWidget
{
public:
    explicit Accessible(TextView *view)
        : QAccessibleWidget(view, QAccessible::EditableText)
        , m_view(view)
    {
    }
    QAccessible::State state() const override
    {
        QAccessible::State state = QAccessibleWidget::state();
        state.readOnly = true;
        state.multiLine = true;
        return state;
    }
    QString text(QAccessible::Text kind) const override
    {
        return kind == QAccessible::Value ? m_view->currentRowText()
                                          : QAccessibleWidget::text(kind);
    }

private:
    TextView *m_view;
};

QAccessibleInterface *makeAccessible(const QString &, QObject *object)
{
    auto *const view = qobject_cast<TextView *>(object);
    return view ? new Accessible(view) : nullptr;
}

LineIndex indexOf(const TextSource &source, const std::function<bool(const LineIndex &)> &progress)
{
    constexpr qint64 firstBytes = 64 * 1024; // the first screen shall not wait
    constexpr qint64 partBytes = 1024 * 1024;
    LineIndex index;
    for (qint64 at = 0; at < source.size();) {
        const QByteArray part = source.read(at, at == 0 ? firstBytes : partBytes);
        if (part.isEmpty())
            break;
        index.feed(part);
        at += part.size();
        if (!progress(index))
            return index;
    }
    index.finish();
    return index;
}

} // namespace

TextView::TextView(QWidget *parent)
    : QAbstractScrollArea(parent)
    , m_source(memorySource({}))
    , m_rows(std::make_unique<LineRows>(m_source))
{
    static const bool isInstalled = (QAccessible::installFactory(makeAccessible), true);
    Q_UNUSED(isInstalled)
    setFrameShape(NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    viewport()->setCursor(Qt::IBeamCursor);
    setAccessibleName(tr("Text"));
    connect(&m_indexing, &Job::finished, this, &TextView::indexed);
}

TextView::~TextView() = default;

void TextView::setSource(TextSourcePtr source, TextLook look)
{
    m_indexing.cancel();
    m_searching.cancel();
    m_source = std::move(source);
    m_look = look;
    m_top = {0, 0};
    m_anchor = m_caret = {0, 0};
    m_hits.clear();
    m_currentHit = -1;
    if (look == TextLook::Hex)
        m_rows = std::make_unique<HexRows>(m_source);
    else
        m_rows = std::make_unique<LineRows>(m_source);
    forgetLayouts();
    indexSource();
    horizontalScrollBar()->setValue(0);
    updateScrollBars();
}

void TextView::indexSource()
{
    m_isIndexed = m_look == TextLook::Hex || m_source->size() <= inlineBytes;
    if (m_look == TextLook::Hex)
        return;
    if (m_isIndexed) {
        takeIndex(indexOf(*m_source, [](const LineIndex &) { return true; }));
        return;
    }
    m_indexing.start([this, source = m_source](Job::Desk &desk) {
        qint64 told = 0;
        const auto tell = [&](const LineIndex &index) {
            // Ever rarer, so that copies of the index do not add up.
            if (index.bytes() >= 2 * told) {
                told = index.bytes();
                desk.post([this, index] { takeIndex(index); });
            }
            return !desk.isCancelled();
        };
        const LineIndex whole = indexOf(*source, tell);
        desk.post([this, whole] {
            m_isIndexed = true;
            takeIndex(whole);
        });
    });
}

void TextView::takeIndex(LineIndex index)
{
    // The last row that was known may have grown.
    if (auto *const rows = dynamic_cast<LineRows *>(m_rows.get())) {
        m_laid.erase(std::max<qint64>(0, rows->count() - 1));
        rows->setIndex(std::move(index));
    }
    updateScrollBars();
}

qint64 TextView::invalidSequences() const
{
    const auto *const rows = dynamic_cast<const LineRows *>(m_rows.get());
    return rows ? rows->index().invalidSequences() : 0;
}

QString TextView::currentRowText() const
{
    return m_rows->row(m_caret.first).text;
}

void TextView::setWrap(bool on)
{
    m_isWrapped = on;
    m_top.second = 0;
    forgetLayouts();
    updateScrollBars();
}

void TextView::setLineNumbers(bool on)
{
    m_hasLineNumbers = on;
    forgetLayouts();
    updateScrollBars();
}

void TextView::find(const QString &text)
{
    m_hits.clear();
    m_currentHit = -1;
    const QByteArray needle = text.toUtf8();
    m_hitBytes = needle.size();
    viewport()->update();
    if (needle.isEmpty()) {
        m_searching.cancel();
        Q_EMIT hitsChanged(0, 0, false);
        return;
    }
    m_searching.start([this, source = m_source, needle](Job::Desk &desk) {
        auto hits =
            findBytes(*source, needle, mostHits, [&desk](qint64) { return !desk.isCancelled(); });
        desk.post([this, hits = std::move(hits)] {
            m_hits = hits;
            if (m_hits.empty())
                Q_EMIT hitsChanged(0, 0, false);
            else
                findNext();
        });
    });
}

void TextView::findNext()
{
    if (!m_hits.empty())
        goToHit((m_currentHit + 1) % int(m_hits.size()));
}

void TextView::findPrevious()
{
    const int count = int(m_hits.size());
    if (count > 0)
        goToHit((std::max(0, m_currentHit) + count - 1) % count);
}

void TextView::goToHit(int number)
{
    m_currentHit = number;
    const qint64 offset = m_hits[std::size_t(number)];
    const qint64 row = m_rows->rowAt(offset);
    m_anchor = m_caret = {row, m_rows->columnOf(m_rows->row(row), offset)};
    reveal(m_caret);
    viewport()->update();
    Q_EMIT hitsChanged(number + 1, int(m_hits.size()), m_hits.size() == mostHits);
}

void TextView::selectAll()
{
    m_anchor = {0, 0};
    m_caret = clamped({m_rows->count() - 1, INT_MAX});
    viewport()->update();
}

QString TextView::selectedText() const
{
    const auto [from, to] = std::minmax(m_anchor, m_caret);
    QString text;
    for (qint64 number = from.first; number <= to.first && text.size() < mostCopied; ++number) {
        const TextRow row = m_rows->row(number);
        const int begin = number == from.first ? from.second : 0;
        const int end = number == to.first ? to.second : int(row.text.size());
        text += QStringView(row.text).mid(begin, end - begin);
        if (number != to.first && row.endsLine)
            text += QLatin1Char('\n');
    }
    return text;
}

QSize TextView::sizeHint() const
{
    return {fontMetrics().averageCharWidth() * 60, lineHeight() * 12};
}

} // namespace gatehouse::ui
