// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/composerquery.h"

#include "ui/models/composerenvironment.h"

#include <QCoreApplication>
#include <QUrl>

namespace gatehouse::ui {

namespace {

constexpr qsizetype mostFields = 1000;

QString decoded(QString text)
{
    return QUrl::fromPercentEncoding(text.replace('+', ' ').toUtf8());
}

QString encoded(const QString &text)
{
    // What a query may hold as it is (RFC 3986, section 3.4), without what separates fields.
    static const QByteArray plain = "/?:@!$'()*,;";
    QString out;
    qsizetype at = 0;
    for (const VariableUse &use : variablesIn(text)) {
        out += QLatin1String(QUrl::toPercentEncoding(text.mid(at, use.start - at), plain));
        out += QStringView(text).mid(use.start, use.length);
        at = use.start + use.length;
    }
    return out + QLatin1String(QUrl::toPercentEncoding(text.mid(at), plain));
}

} // namespace

ComposerFields queryOf(const QString &target)
{
    ComposerFields out;
    const QString whole = target.section('#', 0, 0);
    const qsizetype mark = whole.indexOf('?');
    if (mark < 0)
        return out;
    for (const QString &pair : whole.mid(mark + 1).split('&', Qt::SkipEmptyParts)) {
        if (qsizetype(out.size()) >= mostFields)
            break;
        out.push_back({decoded(pair.section('=', 0, 0)), decoded(pair.section('=', 1)), true});
    }
    return out;
}

QString encodedFields(const ComposerFields &fields)
{
    QStringList pairs;
    for (const ComposerField &field : fields) {
        if (!field.isOn || (field.name.isEmpty() && field.value.isEmpty()))
            continue;
        pairs << (field.value.isEmpty() ? encoded(field.name)
                                        : encoded(field.name) + '=' + encoded(field.value));
    }
    return pairs.join('&');
}

QString withQuery(const QString &target, const ComposerFields &fields)
{
    const QString path = target.section('#', 0, 0).section('?', 0, 0);
    const QString query = encodedFields(fields);
    return query.isEmpty() ? path : path + '?' + query;
}

ComposerFields mergedQuery(const QString &target, const ComposerFields &before)
{
    ComposerFields out = queryOf(target);
    for (std::size_t i = 0; i < before.size(); ++i) {
        if (!before[i].isOn)
            out.insert(out.begin() + qsizetype(std::min(i, out.size())), before[i]);
    }
    return out;
}

QString headerText(const ComposerFields &headers)
{
    QStringList lines;
    for (const ComposerField &header : headers)
        lines << (header.isOn ? QString() : QStringLiteral("# ")) + header.name + ": "
                + header.value;
    return lines.join('\n');
}

ComposerFields headersFromText(const QString &text, QString *problem)
{
    ComposerFields out;
    const QStringList lines = text.split('\n');
    for (qsizetype i = 0; i < lines.size() && qsizetype(out.size()) < mostFields; ++i) {
        QString line = lines[i].trimmed();
        const bool isOff = line.startsWith('#');
        if (isOff)
            line = line.mid(1).trimmed();
        if (line.isEmpty())
            continue;
        if (!line.contains(':') && problem)
            *problem = QCoreApplication::translate("Composer",
                                                   "Line %1 has no colon: write \"Name: value\".")
                           .arg(i + 1);
        out.push_back({line.section(':', 0, 0).trimmed(), line.section(':', 1).trimmed(), !isOff});
    }
    return out;
}

} // namespace gatehouse::ui
