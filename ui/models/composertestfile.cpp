// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/composertestfile.h"

#include <QCoreApplication>
#include <QFile>
#include <QSaveFile>

namespace gatehouse::ui {

namespace {

constexpr qint64 mostFileBytes = 16LL << 20;

QString tr(const char *text)
{
    return QCoreApplication::translate("Composer", text);
}

bool isBlank(const QByteArray &line)
{
    const QByteArray trimmed = line.trimmed();
    return trimmed.isEmpty() || trimmed.startsWith('#');
}

/// The blanks before the items of the list `tests:`, or -1 if that is not the end of the file.
qsizetype indentOfTests(const QByteArray &text)
{
    qsizetype indent = -1;
    bool isInTests = false;
    for (const QByteArray &line : text.split('\n')) {
        if (isBlank(line))
            continue;
        const bool isItem = line.trimmed().startsWith('-');
        if (line[0] != ' ' && !isItem) {
            isInTests = line.trimmed() == "tests:";
            indent = -1;
        } else if (isInTests && isItem && indent < 0) {
            indent = line.indexOf('-');
        }
    }
    return !isInTests ? -1 : indent < 0 ? 2 : indent;
}

} // namespace

Result<QByteArray> withTest(const QByteArray &text, const client::TestCase &test)
{
    const QByteArray whole = client::toYaml({test});
    bool isEmpty = true;
    for (const QByteArray &line : text.split('\n'))
        isEmpty = isEmpty && isBlank(line);
    if (isEmpty)
        return text + whole;
    const qsizetype indent = indentOfTests(text);
    if (indent < 0)
        return fail(ErrorCode::BadRequest,
                    tr("The file does not end with a list of tests: choose another file, or move "
                       "\"tests:\" to its end."));
    QByteArray out = text.endsWith('\n') ? text : text + '\n';
    const qsizetype begin = whole.indexOf("tests:\n") + 7;
    for (const QByteArray &line : whole.mid(begin).chopped(1).split('\n'))
        out += QByteArray(indent, ' ') + line.mid(2) + '\n'; // toYaml() indents by two
    return out;
}

Result<void> appendTest(const QString &path, const client::TestCase &test)
{
    QByteArray before;
    QFile file(path);
    if (file.exists()) {
        if (!file.open(QIODevice::ReadOnly))
            return fail(ErrorCode::Forbidden,
                        tr("%1 cannot be read: %2.").arg(path, file.errorString()));
        if (file.size() > mostFileBytes)
            return fail(ErrorCode::PayloadTooLarge,
                        tr("%1 has more than 16 MB: choose another file.").arg(path));
        before = file.readAll();
    }
    const Result<QByteArray> text = withTest(before, test);
    if (!text)
        return std::unexpected(text.error());
    QSaveFile out(path);
    if (!out.open(QIODevice::WriteOnly) || out.write(*text) != text->size() || !out.commit())
        return fail(ErrorCode::Forbidden,
                    tr("%1 cannot be written: %2.").arg(path, out.errorString()));
    return {};
}

} // namespace gatehouse::ui
