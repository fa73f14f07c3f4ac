// SPDX-License-Identifier: GPL-3.0-or-later
// BodyView: its controls.
#include "ui/models/units.h"
#include "ui/settings/type.h"
#include "ui/widgets/bodyview.h"
#include "ui/widgets/fieldtable.h"
#include "ui/widgets/glyphlabel.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/picker.h"
#include "ui/widgets/searchfield.h"
#include "ui/widgets/textview.h"

#include <QAction>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QProgressBar>
#include <QPushButton>
#include <QScrollArea>
#include <QStackedWidget>
#include <QToolButton>
#include <QTreeView>

namespace gatehouse::ui {

namespace {

QToolButton *tool(Glyph glyph, const QString &name, QWidget *parent)
{
    auto *const made = new QToolButton(parent);
    made->setIcon(icon(glyph));
    made->setToolTip(name);
    made->setAccessibleName(name);
    return made;
}

struct FormatName
{
    BodyView::Format format;
    const char *name;
};

constexpr FormatName formatNames[] = {
    {BodyView::Format::Json, QT_TRANSLATE_NOOP("gatehouse::ui::BodyView", "JSON")},
    {BodyView::Format::Tree, QT_TRANSLATE_NOOP("gatehouse::ui::BodyView", "JSON tree")},
    {BodyView::Format::Text, QT_TRANSLATE_NOOP("gatehouse::ui::BodyView", "Text")},
    {BodyView::Format::Hex, QT_TRANSLATE_NOOP("gatehouse::ui::BodyView", "Hex")},
    {BodyView::Format::Image, QT_TRANSLATE_NOOP("gatehouse::ui::BodyView", "Image")},
    {BodyView::Format::Form, QT_TRANSLATE_NOOP("gatehouse::ui::BodyView", "Form")},
    {BodyView::Format::Multipart, QT_TRANSLATE_NOOP("gatehouse::ui::BodyView", "Multipart")},
};

} // namespace

void BodyView::build()
{
    m_stack = new QStackedWidget(this);
    m_text = new TextView(m_stack);
    m_text->setAccessibleName(tr("Body"));
    m_tree = new QTreeView(m_stack);
    m_treeModel = new JsonTreeModel(this);
    m_tree->setModel(m_treeModel);
    m_tree->setUniformRowHeights(true);
    m_tree->setAccessibleName(tr("Body as a tree"));
    m_tree->setFont(type::data());
    m_tree->header()->resizeSection(0, type::px(220));
    m_tree->setContextMenuPolicy(Qt::ActionsContextMenu);
    auto *const pointer = new QAction(tr("Copy JSON &pointer"), m_tree);
    connect(pointer, &QAction::triggered, this, &BodyView::copyPointer);
    m_tree->addAction(pointer);
    m_imageArea = new QScrollArea(m_stack);
    m_imageArea->setAccessibleName(tr("Image"));
    m_imageArea->setAlignment(Qt::AlignCenter);
    m_image = new QLabel(m_imageArea);
    m_image->setAccessibleName(tr("Image"));
    m_imageArea->setWidget(m_image);
    m_imageArea->setWidgetResizable(true);
    m_image->setAlignment(Qt::AlignCenter);
    m_fields = new FieldTable(m_stack);
    for (QWidget *const page :
         {static_cast<QWidget *>(m_text), static_cast<QWidget *>(m_tree),
          static_cast<QWidget *>(m_imageArea), static_cast<QWidget *>(m_fields)})
        m_stack->addWidget(page);
    m_search = new SearchField(this);
    m_search->hide();
    auto *const column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeToolbar());
    column->addWidget(makeNotes());
    column->addWidget(m_search);
    column->addWidget(m_stack, 1);
    m_search->setContentsMargins(12, 0, 8, 4);
    connectSearch();
}

QWidget *BodyView::makeToolbar()
{
    auto *const bar = new QWidget(this);
    m_formats = new Picker(tr("Format"), bar);
    m_stages = new Picker(tr("Form of the body"), bar);
    m_stages->addItems({tr("As received"), tr("Decoded"), tr("Pretty")});
    m_stages->setCurrentIndex(int(m_stage));
    m_size = label({}, "second", bar);
    m_wrap = tool(Glyph::Wrap, tr("Wrap long lines"), bar);
    m_wrap->setCheckable(true);
    QToolButton *const find = tool(Glyph::Search, tr("Find in the body (Ctrl+F)"), bar);
    QToolButton *const copy = tool(Glyph::Copy, tr("Copy the body"), bar);
    QToolButton *const saving = tool(Glyph::Save, tr("Save the body"), bar);
    auto *const row = new QHBoxLayout(bar);
    row->setContentsMargins(12, 6, 8, 6);
    row->setSpacing(4);
    row->addWidget(m_formats);
    row->addWidget(m_stages);
    row->addSpacing(4);
    row->addWidget(m_size);
    row->addStretch();
    for (QToolButton *const button : {m_wrap, find, copy, saving})
        row->addWidget(button);
    connect(m_formats, &QComboBox::activated, this, [this] {
        m_format = Format(m_formats->currentData().toInt());
        refresh();
    });
    connect(m_stages, &QComboBox::activated, this, [this](int index) { setStage(Stage(index)); });
    connect(m_wrap, &QToolButton::toggled, m_text, &TextView::setWrap);
    connect(find, &QToolButton::clicked, this, &BodyView::openSearch);
    connect(copy, &QToolButton::clicked, this, &BodyView::copyAll);
    connect(saving, &QToolButton::clicked, this, &BodyView::save);
    return bar;
}

QWidget *BodyView::makeNotes()
{
    m_noteRow = new QWidget(this);
    m_noteLabel = paragraph({}, "second", m_noteRow);
    m_formatAnyway = new QPushButton(tr("Format anyway"), m_noteRow);
    m_cancel = new QPushButton(tr("Cancel"), m_noteRow);
    m_progress = new QProgressBar(m_noteRow);
    m_progress->setTextVisible(false);
    m_progress->setAccessibleName(tr("Progress"));
    m_progress->setFixedWidth(type::px(120));
    auto *const row = new QHBoxLayout(m_noteRow);
    row->setContentsMargins(12, 0, 8, 6);
    row->setSpacing(8);
    row->addWidget(new GlyphLabel(Glyph::Info, Token::Info, 16, m_noteRow));
    row->addWidget(m_noteLabel, 1);
    row->addWidget(m_progress);
    row->addWidget(m_formatAnyway);
    row->addWidget(m_cancel);
    connect(m_formatAnyway, &QPushButton::clicked, this, [this] {
        m_isFormatWanted = true;
        refresh();
    });
    connect(m_cancel, &QPushButton::clicked, this, [this] {
        m_job.cancel();
        endWork();
        m_isFormatWanted = false;
        note(tr("Cancelled; the body is shown as it came."));
        showText(m_decoded, TextLook::Plain);
    });
    return m_noteRow;
}

void BodyView::connectSearch()
{
    connect(m_search, &SearchField::searched, m_text, &TextView::find);
    connect(m_search, &SearchField::next, m_text, &TextView::findNext);
    connect(m_search, &SearchField::previous, m_text, &TextView::findPrevious);
    connect(m_search, &SearchField::closed, this, [this] {
        m_search->hide();
        m_text->find({});
        m_text->setFocus();
    });
    connect(m_text, &TextView::hitsChanged, m_search, &SearchField::setHits);
    connect(m_text, &TextView::indexed, this, &BodyView::updateNotes);
}

void BodyView::openSearch()
{
    // Trees, images and tables are searched as the text that they are made of.
    if (m_stack->currentWidget() != m_text)
        setFormat(m_kind == BodyKind::Json ? Format::Json : Format::Text);
    m_search->open();
}

void BodyView::fillPickers()
{
    const QSignalBlocker quiet(m_formats);
    m_formats->clear();
    QString automatic;
    for (const FormatName &entry : formatNames) {
        if (entry.format == m_shown)
            automatic = tr(entry.name);
    }
    m_formats->addItem(m_format == Format::Auto ? tr("Auto: %1").arg(automatic) : tr("Auto"),
                       int(Format::Auto));
    for (const FormatName &entry : formatNames)
        m_formats->addItem(tr(entry.name), int(entry.format));
    m_formats->setCurrentIndex(m_formats->findData(int(m_format)));
    m_formatAnyway->hide();
}

void BodyView::startWork(const QString &what, qint64 size, Job::Work work)
{
    m_progress->setRange(0, size > 0 ? 100 : 0);
    m_progress->setValue(0);
    m_progress->setAccessibleDescription(what);
    m_progress->show();
    m_cancel->show();
    m_formatAnyway->hide();
    updateNotes();
    m_job.start(std::move(work));
}

void BodyView::endWork()
{
    m_progress->hide();
    m_cancel->hide();
    updateNotes();
}

void BodyView::updateNotes()
{
    QStringList sentences = m_notes;
    const qint64 invalid = m_text->invalidSequences();
    if (m_stack->currentWidget() == m_text && invalid > 0) {
        sentences << tr("%1 sequences are no valid UTF-8 and show as \uFFFD.")
                         .arg(groupedNumber(invalid));
    }
    m_noteLabel->setText(sentences.join(QLatin1Char(' ')));
    m_noteRow->setVisible(!sentences.isEmpty() || !m_progress->isHidden());
}

} // namespace gatehouse::ui
