// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/bodyparts.h"

#include <QRegularExpression>
#include <QUrl>

namespace gatehouse::ui {

namespace {

// The value of a parameter, "quoted" or as a word.
QString parameter(const QString &header, const QString &name)
{
    const QRegularExpression form(
        QStringLiteral("(?:^|;)\\s*%1\\s*=\\s*(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([^\\s;]+))").arg(name),
        QRegularExpression::CaseInsensitiveOption);
    const QRegularExpressionMatch match = form.match(header);
    return match.hasCaptured(1) ? match.captured(1).remove(QLatin1Char('\\')) : match.captured(2);
}

QString unescaped(QByteArray text)
{
    text.replace('+', ' ');
    return QString::fromUtf8(QByteArray::fromPercentEncoding(text));
}

BodyPart partOf(const QByteArray &bytes)
{
    BodyPart part;
    qsizetype at = 0;
    while (at < bytes.size()) {
        qsizetype end = bytes.indexOf('\n', at);
        end = end < 0 ? bytes.size() : end;
        const QByteArray line = bytes.mid(at, end - at).trimmed();
        at = end + 1;
        if (line.isEmpty())
            break;
        const qsizetype colon = line.indexOf(':');
        part.headers.emplace_back(QString::fromUtf8(colon < 0 ? line : line.left(colon)),
                                  colon < 0 ? QString()
                                            : QString::fromUtf8(line.mid(colon + 1).trimmed()));
        if (part.headers.back().first.compare(QLatin1String("content-disposition"),
                                              Qt::CaseInsensitive)
            == 0)
            part.name = parameter(part.headers.back().second, QStringLiteral("name"));
    }
    part.content = bytes.mid(at);
    return part;
}

} // namespace

std::vector<std::pair<QString, QString>> formFields(const QByteArray &body, int most)
{
    std::vector<std::pair<QString, QString>> fields;
    for (qsizetype at = 0; at < body.size() && int(fields.size()) < most;) {
        qsizetype end = body.indexOf('&', at);
        end = end < 0 ? body.size() : end;
        const QByteArray field = body.mid(at, end - at);
        at = end + 1;
        if (field.isEmpty())
            continue;
        const qsizetype equals = field.indexOf('=');
        fields.emplace_back(unescaped(equals < 0 ? field : field.left(equals)),
                            equals < 0 ? QString() : unescaped(field.mid(equals + 1)));
    }
    return fields;
}

std::vector<BodyPart> multipartParts(const QByteArray &body, const QString &contentType, int most)
{
    std::vector<BodyPart> parts;
    const QString boundary = parameter(contentType, QStringLiteral("boundary"));
    if (boundary.isEmpty())
        return parts;
    const QByteArray fence = "--" + boundary.toUtf8();
    qsizetype at = body.indexOf(fence);
    while (at >= 0 && int(parts.size()) < most) {
        const qsizetype begin = body.indexOf('\n', at);
        if (begin < 0 || body.mid(at + fence.size(), 2) == "--")
            break;
        const qsizetype next = body.indexOf("\n" + fence, begin);
        QByteArray bytes =
            body.mid(begin + 1, next < 0 ? -1 : std::max<qsizetype>(0, next - begin - 1));
        if (next >= 0 && bytes.endsWith('\r'))
            bytes.chop(1);
        parts.push_back(partOf(bytes));
        at = next < 0 ? -1 : next + 1;
    }
    return parts;
}

} // namespace gatehouse::ui
