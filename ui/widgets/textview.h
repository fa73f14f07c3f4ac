// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/job.h"
#include "ui/models/textrows.h"
#include "ui/widgets/textcolors.h"

#include <QAbstractScrollArea>
#include <QTextLayout>

#include <map>
#include <memory>

namespace gatehouse::ui {

/// Shows a text of any size: a worker finds the rows, only those on the screen are laid out and
/// coloured. Read-only, with a caret for keyboard and screen readers. What is no UTF-8 shows as
/// replacement marks.
class TextView : public QAbstractScrollArea
{
    Q_OBJECT

public:
    /// A place between two characters.
    using Position = std::pair<qint64, int>; ///< row, column
    static constexpr std::size_t mostHits = 10'000;
    static constexpr qint64 mostCopied = 32 * 1024 * 1024; ///< characters

    explicit TextView(QWidget *parent = nullptr);
    ~TextView() override;

    void setSource(TextSourcePtr source, TextLook look);
    void setWrap(bool on);
    void setLineNumbers(bool on);
    [[nodiscard]] bool isWrapped() const { return m_isWrapped; }
    [[nodiscard]] bool isIndexed() const { return m_isIndexed; }
    [[nodiscard]] qint64 invalidSequences() const;
    [[nodiscard]] qint64 rowCount() const { return m_rows->count(); }
    [[nodiscard]] qint64 topRow() const { return m_top.first; }
    [[nodiscard]] QString currentRowText() const;

    /// Searches in the background; ends with hitsChanged(). An empty text forgets the last search.
    void find(const QString &text);
    void findNext();
    void findPrevious();

    void selectAll();
    [[nodiscard]] bool hasSelection() const { return m_anchor != m_caret; }
    /// At most mostCopied characters.
    [[nodiscard]] QString selectedText() const;
    void copy() const;

    [[nodiscard]] QSize sizeHint() const override;

Q_SIGNALS:
    /// Every row is known, and so is what is invalid.
    void indexed();
    /// \a current from 1, 0 if none is; \a isMore: there are more than mostHits.
    void hitsChanged(int current, int count, bool isMore);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void scrollContentsBy(int dx, int dy) override;
    void wheelEvent(QWheelEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    struct Laid;

    void indexSource();
    void takeIndex(LineIndex index);
    void updateScrollBars();
    void forgetLayouts();
    [[nodiscard]] const Laid &laid(qint64 row);
    [[nodiscard]] QList<QTextLayout::FormatRange> formats(const TextRow &row, int first,
                                                          int length) const;
    void drawRow(QPainter &painter, qint64 row, const Laid &laid, int y);
    void addHits(const Laid &laid, QList<QTextLayout::FormatRange> &out) const;
    void addSelection(qint64 row, const Laid &laid, QList<QTextLayout::FormatRange> &out) const;
    [[nodiscard]] int gutter() const;
    [[nodiscard]] int lineHeight() const;
    [[nodiscard]] int visibleRows() const;
    [[nodiscard]] Position positionAt(const QPoint &point);
    void moveCaret(Position to, bool keepAnchor);
    [[nodiscard]] Position movedBy(const QKeyEvent &event, bool &isMove) const;
    [[nodiscard]] Position clamped(Position position) const;
    void reveal(Position position);
    void goToHit(int number);
    void scrollLines(int lines);

    TextSourcePtr m_source;
    std::unique_ptr<TextRows> m_rows;
    TextLook m_look = TextLook::Plain;
    bool m_isWrapped = false;
    bool m_hasLineNumbers = true;
    bool m_isIndexed = true;
    std::pair<qint64, int> m_top{0, 0}; ///< row, and line of it if rows are wrapped
    Position m_anchor{0, 0};
    Position m_caret{0, 0};
    std::map<qint64, std::unique_ptr<Laid>> m_laid;
    std::vector<qint64> m_hits; ///< offsets
    qint64 m_hitBytes = 0;
    int m_currentHit = -1;
    Job m_indexing;
    Job m_searching;
};

} // namespace gatehouse::ui
