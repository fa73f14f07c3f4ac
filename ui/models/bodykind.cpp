// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/bodykind.h"

#include <QCoreApplication>

#include <algorithm>

namespace gatehouse::ui {

namespace {

QString essence(const QString &contentType)
{
    return contentType.section(QLatin1Char(';'), 0, 0).trimmed().toLower();
}

bool isImage(QByteArrayView head)
{
    return head.startsWith("\x89PNG\r\n\x1A\n") || head.startsWith("\xFF\xD8\xFF")
        || head.startsWith("GIF87a") || head.startsWith("GIF89a") || head.startsWith("BM")
        || (head.startsWith("RIFF")
            && head.sliced(std::min<qsizetype>(8, head.size())).startsWith("WEBP"));
}

bool isCompressed(QByteArrayView head)
{
    return head.startsWith("\x1F\x8B") || head.startsWith("\x28\xB5\x2F\xFD")
        || head.startsWith("PK\x03\x04");
}

// WHATWG MIME Sniffing, section 3: binary data bytes.
bool isBinary(QByteArrayView head)
{
    return std::ranges::any_of(head.first(std::min<qsizetype>(head.size(), 1445)), [](char byte) {
        const quint8 code = quint8(byte);
        return code <= 0x08 || code == 0x0B || (code >= 0x0E && code <= 0x1A)
            || (code >= 0x1C && code <= 0x1F);
    });
}

bool looksLikeJson(QByteArrayView trimmed)
{
    const char first = trimmed.front();
    if (first == '{' || first == '[') {
        // "[section]" and "{template}" are no JSON: look at what follows.
        const QByteArrayView rest = trimmed.sliced(1).trimmed();
        if (rest.isEmpty())
            return true;
        const char next = rest.front();
        if (first == '{')
            return next == '"' || next == '}';
        return next == '"' || next == '{' || next == '[' || next == ']' || next == '-'
            || (next >= '0' && next <= '9') || rest.startsWith("true") || rest.startsWith("false")
            || rest.startsWith("null");
    }
    return trimmed == "true" || trimmed == "false" || trimmed == "null"
        || (first == '"' && trimmed.size() > 1 && trimmed.back() == '"');
}

} // namespace

BodyKind kindOfType(const QString &contentType)
{
    const QString type = essence(contentType);
    if (type == QLatin1String("application/json") || type.endsWith(QLatin1String("+json"))
        || type == QLatin1String("text/json"))
        return BodyKind::Json;
    if (type == QLatin1String("application/x-www-form-urlencoded"))
        return BodyKind::Form;
    if (type.startsWith(QLatin1String("multipart/")))
        return BodyKind::Multipart;
    if (type.endsWith(QLatin1String("xml")) || type == QLatin1String("text/html"))
        return BodyKind::Markup;
    if (type.startsWith(QLatin1String("image/")))
        return BodyKind::Image;
    if (type == QLatin1String("application/gzip") || type == QLatin1String("application/zip"))
        return BodyKind::Compressed;
    if (type.startsWith(QLatin1String("text/")) || type.endsWith(QLatin1String("javascript"))
        || type.endsWith(QLatin1String("yaml")))
        return BodyKind::Text;
    return BodyKind::Binary;
}

BodyKind kindOfBytes(QByteArrayView head, const QString &contentType)
{
    if (head.isEmpty())
        return BodyKind::Empty;
    if (isImage(head))
        return BodyKind::Image;
    if (isCompressed(head))
        return BodyKind::Compressed;
    const BodyKind promised = kindOfType(contentType);
    if (promised == BodyKind::Multipart && head.startsWith("--"))
        return BodyKind::Multipart;
    if (isBinary(head))
        return BodyKind::Binary;
    QByteArrayView trimmed = head.trimmed();
    if (trimmed.startsWith("\xEF\xBB\xBF"))
        trimmed = trimmed.sliced(3);
    if (trimmed.isEmpty())
        return BodyKind::Text;
    if (looksLikeJson(trimmed))
        return BodyKind::Json;
    if (promised == BodyKind::Json
        && (trimmed.front() == '-' || (trimmed.front() >= '0' && trimmed.front() <= '9')))
        return BodyKind::Json;
    if (trimmed.front() == '<')
        return BodyKind::Markup;
    if (promised == BodyKind::Form && trimmed.contains('='))
        return BodyKind::Form;
    return BodyKind::Text;
}

QString kindName(BodyKind kind)
{
    static const char *const names[] = {
        QT_TRANSLATE_NOOP("BodyKind", "nothing"),
        QT_TRANSLATE_NOOP("BodyKind", "JSON"),
        QT_TRANSLATE_NOOP("BodyKind", "a form"),
        QT_TRANSLATE_NOOP("BodyKind", "a multipart message"),
        QT_TRANSLATE_NOOP("BodyKind", "an image"),
        QT_TRANSLATE_NOOP("BodyKind", "compressed data"),
        QT_TRANSLATE_NOOP("BodyKind", "markup"),
        QT_TRANSLATE_NOOP("BodyKind", "plain text"),
        QT_TRANSLATE_NOOP("BodyKind", "binary data"),
    };
    return QCoreApplication::translate("BodyKind", names[int(kind)]);
}

QString disagreement(const QString &contentType, BodyKind bytes)
{
    const BodyKind promised = kindOfType(contentType);
    const bool isVague = promised == BodyKind::Binary || contentType.isEmpty();
    // Every kind of text may be called text; SVG is an image made of markup.
    const bool isText = promised == BodyKind::Text
        && (bytes == BodyKind::Markup || bytes == BodyKind::Json || bytes == BodyKind::Form);
    const bool isSvg = promised == BodyKind::Image && bytes == BodyKind::Markup
        && contentType.contains(QLatin1String("svg"));
    if (promised == bytes || isVague || isText || isSvg || bytes == BodyKind::Empty)
        return {};
    return QCoreApplication::translate("BodyKind", "The header says %1, but the bytes are %2.")
        .arg(essence(contentType), kindName(bytes));
}

} // namespace gatehouse::ui
