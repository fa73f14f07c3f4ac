// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/bodykind.h"
#include "ui/models/job.h"
#include "ui/models/jsontreemodel.h"
#include "ui/widgets/textcolors.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QProgressBar;
class QPushButton;
class QScrollArea;
class QStackedWidget;
class QToolButton;
class QTreeView;

namespace gatehouse::ui {

class FieldTable;
class SearchField;
class TextView;

/// A body with what its message said of it.
struct BodyContent
{
    TextSourcePtr source;
    QString contentType;
    QString contentEncoding;
    qint64 wireSize = -1; ///< bytes that went over the wire; -1: all are in source
};

/// Shows a body: a format that fits its bytes or one that is chosen, as received, decoded or laid
/// out. What is odd about it stands in a sentence above it. Everything slow happens on a worker.
class BodyView : public QWidget
{
    Q_OBJECT

public:
    enum class Format { Auto, Json, Tree, Text, Hex, Image, Form, Multipart };
    enum class Stage { Received, Decoded, Pretty };
    static constexpr qint64 mostDecoded = 256 * 1024 * 1024;
    static constexpr qint64 formatsAtOnce = 1024 * 1024; ///< larger JSON is laid out on request

    explicit BodyView(QWidget *parent = nullptr);
    ~BodyView() override;

    void setContent(const BodyContent &content);
    void setFormat(Format format);
    void setStage(Stage stage);
    [[nodiscard]] Format shownFormat() const { return m_shown; }
    [[nodiscard]] Stage shownStage() const { return m_stage; }
    /// The sentences above the body.
    [[nodiscard]] QString notes() const;
    [[nodiscard]] bool isBusy() const { return m_job.isRunning(); }
    [[nodiscard]] TextView *textView() const { return m_text; }

public Q_SLOTS:
    void openSearch();
    void copyAll();
    /// Asks for a file and writes what is shown; a failure is said among the notes.
    void save();
    void copyPointer();

Q_SIGNALS:
    /// What was asked for is on the screen.
    void shown();

private:
    void build();
    [[nodiscard]] QWidget *makeToolbar();
    [[nodiscard]] QWidget *makeNotes();
    void connectSearch();
    void fillPickers();
    void refresh();
    void decode();
    void present();
    void presentJson();
    void layOut();
    void showTree();
    void showText(TextSourcePtr source, TextLook look);
    void showImage();
    void showFields();
    void startWork(const QString &what, qint64 size, Job::Work work);
    void endWork();
    void note(const QString &sentence);
    void updateNotes();
    void writeTo(const QString &path);
    [[nodiscard]] Format chosenFormat() const;

    BodyContent m_content;
    TextSourcePtr m_decoded; ///< without codings; the source itself if there are none
    TextSourcePtr m_visible; ///< what copy and save take
    BodyKind m_kind = BodyKind::Empty;
    Format m_format = Format::Auto;
    Format m_shown = Format::Text;
    Stage m_stage = Stage::Pretty;
    bool m_isFormatWanted = false; ///< "Format anyway" was pressed
    QStringList m_notes;
    Job m_job;

    QComboBox *m_formats = nullptr;
    QComboBox *m_stages = nullptr;
    QLabel *m_size = nullptr;
    QToolButton *m_wrap = nullptr;
    QWidget *m_noteRow = nullptr;
    QLabel *m_noteLabel = nullptr;
    QPushButton *m_formatAnyway = nullptr;
    QPushButton *m_cancel = nullptr;
    QProgressBar *m_progress = nullptr;
    SearchField *m_search = nullptr;
    QStackedWidget *m_stack = nullptr;
    TextView *m_text = nullptr;
    QTreeView *m_tree = nullptr;
    JsonTreeModel *m_treeModel = nullptr;
    QScrollArea *m_imageArea = nullptr;
    QLabel *m_image = nullptr;
    FieldTable *m_fields = nullptr;
};

} // namespace gatehouse::ui
