// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/bodyview.h"

#include "ui/models/bodydecode.h"
#include "ui/models/bodyparts.h"
#include "ui/models/jsonlayout.h"
#include "ui/models/units.h"
#include "ui/widgets/fieldtable.h"
#include "ui/widgets/searchfield.h"
#include "ui/widgets/textview.h"

#include <QApplication>
#include <QBuffer>
#include <QClipboard>
#include <QComboBox>
#include <QFileDialog>
#include <QImageReader>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QSaveFile>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QStackedWidget>
#include <QTemporaryFile>
#include <QToolButton>
#include <QTreeView>

namespace gatehouse::ui {

namespace {

constexpr qint64 partBytes = 256 * 1024;
constexpr qint64 sniffedBytes = 2048;
constexpr qint64 inMemoryBytes = 32 * 1024 * 1024; // larger texts that we make go to a file
constexpr qint64 mostImageBytes = 64 * 1024 * 1024;
constexpr qint64 mostFieldBytes = 4 * 1024 * 1024;
constexpr int mostFields = 1000;

// A file that ends with the last one who reads it.
class OwnFileSource final : public TextSource
{
public:
    explicit OwnFileSource(std::shared_ptr<QTemporaryFile> file)
        : m_file(std::move(file))
        , m_source(fileSource(m_file->fileName()))
    {
    }
    qint64 size() const override { return m_source->size(); }
    QByteArray read(qint64 offset, qint64 length) const override
    {
        return m_source->read(offset, length);
    }

private:
    std::shared_ptr<QTemporaryFile> m_file;
    TextSourcePtr m_source;
};

struct LaidOut
{
    TextSourcePtr source;
    QString problem;
};

LaidOut laidOut(const TextSource &source, const std::function<bool(qint64)> &goesOn)
{
    JsonLayout layout;
    QByteArray out;
    std::shared_ptr<QTemporaryFile> file;
    for (qint64 at = 0; at < source.size(); at += partBytes) {
        layout.feed(source.read(at, partBytes), out);
        if (!goesOn(at))
            return {};
        if (out.size() < inMemoryBytes)
            continue;
        if (!file) {
            file = std::make_shared<QTemporaryFile>();
            if (!file->open())
                return {nullptr, QStringLiteral("no temporary file: ") + file->errorString()};
        }
        if (file->write(out) != out.size())
            return {nullptr, QStringLiteral("temporary file: ") + file->errorString()};
        out.clear();
    }
    layout.finish();
    if (!file)
        return {memorySource(std::move(out)), layout.problem()};
    if (file->write(out) != out.size() || !file->flush())
        return {nullptr, QStringLiteral("temporary file: ") + file->errorString()};
    return {std::make_shared<OwnFileSource>(std::move(file)), layout.problem()};
}

} // namespace

BodyView::BodyView(QWidget *parent)
    : QWidget(parent)
    , m_decoded(memorySource({}))
    , m_visible(m_decoded)
{
    m_content.source = m_decoded;
    build();
    refresh();
}

BodyView::~BodyView() = default;

void BodyView::setContent(const BodyContent &content)
{
    m_content = content;
    if (!m_content.source)
        m_content.source = memorySource({});
    m_isFormatWanted = false;
    refresh();
}

void BodyView::setFormat(Format format)
{
    m_format = format;
    const QSignalBlocker quiet(m_formats);
    m_formats->setCurrentIndex(m_formats->findData(int(format)));
    refresh();
}

void BodyView::setStage(Stage stage)
{
    m_stage = stage;
    const QSignalBlocker quiet(m_stages);
    m_stages->setCurrentIndex(int(stage));
    refresh();
}

QString BodyView::notes() const
{
    return m_notes.join(QLatin1Char(' '));
}

void BodyView::note(const QString &sentence)
{
    if (!sentence.isEmpty() && !m_notes.contains(sentence))
        m_notes << sentence;
    updateNotes();
}

void BodyView::refresh()
{
    m_job.cancel();
    endWork();
    m_notes.clear();
    const qint64 kept = m_content.source->size();
    if (m_content.wireSize > kept) {
        note(tr("%1 of %2 are kept; the rest was not recorded.")
                 .arg(sizeQuantity(kept).text(), sizeQuantity(m_content.wireSize).text()));
    }
    const qint64 whole = std::max(kept, m_content.wireSize);
    m_size->setText(sizeQuantity(whole).text());
    m_decoded = m_content.source;
    if (m_stage == Stage::Received || m_content.contentEncoding.isEmpty() || kept == 0)
        present();
    else
        decode();
}

void BodyView::decode()
{
    const auto work = [this, content = m_content](const std::function<bool()> &goesOn) {
        return decodeBody(content.source, content.contentEncoding, mostDecoded, goesOn);
    };
    const auto take = [this](const DecodedBody &body) {
        m_decoded = body.source;
        note(body.problem);
        present();
    };
    if (m_content.source->size() <= 16 * 1024) { // too little to wait for a thread
        take(work([] { return true; }));
        return;
    }
    startWork(tr("Decoding…"), 0, [=](Job::Desk &desk) {
        const DecodedBody body = work([&desk] { return !desk.isCancelled(); });
        desk.post([=] { take(body); });
    });
}

BodyView::Format BodyView::chosenFormat() const
{
    if (m_format != Format::Auto)
        return m_format;
    switch (m_kind) {
    case BodyKind::Json:
        return Format::Json;
    case BodyKind::Image:
        return Format::Image;
    case BodyKind::Form:
        return Format::Form;
    case BodyKind::Multipart:
        return Format::Multipart;
    case BodyKind::Compressed:
    case BodyKind::Binary:
        return Format::Hex;
    default:
        return Format::Text;
    }
}

void BodyView::present()
{
    const QByteArray head = m_decoded->read(0, sniffedBytes);
    m_kind = kindOfBytes(head, m_content.contentType);
    const bool isEncoded = m_stage == Stage::Received && !m_content.contentEncoding.isEmpty();
    if (!isEncoded)
        note(disagreement(m_content.contentType, m_kind));
    m_shown = chosenFormat();
    m_visible = m_decoded;
    fillPickers();
    switch (m_shown) {
    case Format::Json:
        presentJson();
        return;
    case Format::Tree:
        showTree();
        return;
    case Format::Image:
        showImage();
        return;
    case Format::Form:
    case Format::Multipart:
        showFields();
        return;
    case Format::Hex:
        showText(m_decoded, TextLook::Hex);
        return;
    default:
        showText(m_decoded, TextLook::Plain);
    }
}

void BodyView::presentJson()
{
    const bool isLarge = m_decoded->size() > formatsAtOnce;
    if (m_stage == Stage::Pretty && (!isLarge || m_isFormatWanted)) {
        layOut();
        return;
    }
    m_formatAnyway->setVisible(m_stage == Stage::Pretty);
    showText(m_decoded, TextLook::Json);
    if (m_stage == Stage::Pretty) {
        note(tr("%1 of JSON are shown as they came.").arg(sizeQuantity(m_decoded->size()).text()));
    }
}

void BodyView::layOut()
{
    const auto take = [this](const LaidOut &result) {
        if (!result.source) {
            note(tr("It cannot be laid out: %1.").arg(result.problem));
            showText(m_decoded, TextLook::Json);
            return;
        }
        if (!result.problem.isEmpty())
            note(tr("This is no valid JSON: %1.").arg(result.problem));
        m_visible = result.source;
        showText(result.source, TextLook::Json);
    };
    if (m_decoded->size() <= 64 * 1024) {
        take(laidOut(*m_decoded, [](qint64) { return true; }));
        return;
    }
    startWork(tr("Laying out…"), m_decoded->size(), [=, this, source = m_decoded](Job::Desk &desk) {
        int percent = 0;
        const LaidOut result = laidOut(*source, [&](qint64 at) {
            const int now = int(100 * at / source->size());
            if (now != std::exchange(percent, now))
                desk.post([this, now] { m_progress->setValue(now); });
            return !desk.isCancelled();
        });
        desk.post([=] { take(result); });
    });
}

void BodyView::showTree()
{
    auto scan = std::make_shared<JsonScan>(m_decoded);
    const auto take = [this, scan] {
        m_treeModel->setScan(scan);
        m_tree->expandToDepth(0);
        m_stack->setCurrentWidget(m_tree);
        endWork();
        Q_EMIT shown();
    };
    if (m_decoded->size() <= 64 * 1024) {
        scan->prepare([](qint64) { return true; });
        take();
        return;
    }
    startWork(tr("Reading the tree…"), m_decoded->size(), [=, this](Job::Desk &desk) {
        int percent = 0;
        scan->prepare([&](qint64 at) {
            const int now = int(100 * at / std::max<qint64>(1, scan->source()->size()));
            if (now != std::exchange(percent, now))
                desk.post([this, now] { m_progress->setValue(now); });
            return !desk.isCancelled();
        });
        desk.post(take);
    });
}

void BodyView::showText(TextSourcePtr source, TextLook look)
{
    endWork();
    m_text->setSource(std::move(source), look);
    m_stack->setCurrentWidget(m_text);
    if (m_search->isVisible())
        m_text->find(m_search->text());
    updateNotes();
    Q_EMIT shown();
}

void BodyView::showImage()
{
    QByteArray bytes = m_decoded->read(0, mostImageBytes);
    QBuffer buffer(&bytes);
    QImageReader reader(&buffer);
    reader.setAutoTransform(true);
    const QSize size = reader.size();
    constexpr int most = 4096; // pixels a side: what is larger is made smaller while it is read
    if (size.width() > most || size.height() > most)
        reader.setScaledSize(size.scaled(most, most, Qt::KeepAspectRatio));
    const QString format = QString::fromLatin1(reader.format()).toUpper(); // forgotten by read()
    const QImage image = reader.read();
    if (image.isNull()) {
        note(tr("The image cannot be shown: %1.").arg(reader.errorString()));
        m_shown = Format::Hex;
        showText(m_decoded, TextLook::Hex);
        return;
    }
    note(tr("%1, %2 × %3 px.").arg(format).arg(size.width()).arg(size.height()));
    m_image->setPixmap(QPixmap::fromImage(image));
    m_image->setAccessibleDescription(notes());
    m_stack->setCurrentWidget(m_imageArea);
    Q_EMIT shown();
}

void BodyView::showFields()
{
    const QByteArray bytes = m_decoded->read(0, mostFieldBytes);
    if (m_shown == Format::Form) {
        m_fields->setFields(formFields(bytes, mostFields));
    } else {
        m_fields->clear();
        m_fields->setRootIsDecorated(true);
        for (const BodyPart &part : multipartParts(bytes, m_content.contentType, mostFields)) {
            const QString name = part.name.isEmpty() ? tr("part") : part.name;
            QTreeWidgetItem *const item =
                m_fields->addField(name, QString::fromUtf8(part.content.left(500)).simplified());
            for (const auto &[header, value] : part.headers)
                m_fields->addField(header, value, item);
            m_fields->addField(tr("size"), sizeQuantity(part.content.size()).text(), item);
        }
    }
    if (m_fields->topLevelItemCount() == 0 && !bytes.isEmpty()) {
        note(m_shown == Format::Form
                 ? tr("There are no fields in it.")
                 : tr("The Content-Type names no boundary that the body uses."));
        showText(m_decoded, TextLook::Plain);
        return;
    }
    if (m_decoded->size() > mostFieldBytes)
        note(tr("Only the first %1 are taken apart.").arg(sizeQuantity(mostFieldBytes).text()));
    m_stack->setCurrentWidget(m_fields);
    Q_EMIT shown();
}

void BodyView::copyAll()
{
    if (m_stack->currentWidget() == m_text && m_text->hasSelection()) {
        m_text->copy();
        return;
    }
    if (m_stack->currentWidget() == m_imageArea) {
        QApplication::clipboard()->setPixmap(m_image->pixmap());
        return;
    }
    const qint64 most = TextView::mostCopied;
    QApplication::clipboard()->setText(QString::fromUtf8(m_visible->read(0, most)));
    if (m_visible->size() > most)
        note(tr("Only the first %1 were copied; save the body to get all of it.")
                 .arg(sizeQuantity(most).text()));
}

void BodyView::copyPointer()
{
    if (m_stack->currentWidget() == m_tree && m_tree->currentIndex().isValid()) {
        QApplication::clipboard()->setText(
            m_tree->currentIndex().data(JsonTreeModel::PointerRole).toString());
    }
}

void BodyView::save()
{
    auto *const dialog = new QFileDialog(this, tr("Save the body"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    connect(dialog, &QFileDialog::fileSelected, this, &BodyView::writeTo);
    dialog->open();
}

void BodyView::writeTo(const QString &path)
{
    startWork(tr("Saving…"), 0, [this, path, source = m_visible](Job::Desk &desk) {
        QSaveFile file(path);
        bool isWritten = file.open(QIODevice::WriteOnly);
        for (qint64 at = 0; isWritten && at < source->size(); at += partBytes) {
            const QByteArray part = source->read(at, partBytes);
            isWritten = !desk.isCancelled() && file.write(part) == part.size();
        }
        isWritten = isWritten && file.commit();
        const QString error = file.errorString();
        desk.post([this, isWritten, path, error] {
            endWork();
            note(isWritten ? tr("Saved as %1.").arg(path)
                           : tr("%1 was not written: %2.").arg(path, error));
        });
    });
}

} // namespace gatehouse::ui
