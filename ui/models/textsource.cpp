// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/textsource.h"

#include <QFile>
#include <QMutex>

#include <algorithm>

namespace gatehouse::ui {

TextSource::~TextSource() = default;

namespace {

class MemorySource final : public TextSource
{
public:
    explicit MemorySource(QByteArray bytes) : m_bytes(std::move(bytes)) {}

    qint64 size() const override { return m_bytes.size(); }
    QByteArray read(qint64 offset, qint64 length) const override
    {
        return offset < 0 || length <= 0 ? QByteArray() : m_bytes.mid(offset, length);
    }

private:
    QByteArray m_bytes;
};

class FileSource final : public TextSource
{
public:
    FileSource(std::unique_ptr<QFile> file, qint64 offset, qint64 length)
        : m_file(std::move(file))
        , m_offset(offset)
        , m_length(length)
    {
    }

    qint64 size() const override { return m_length; }
    QByteArray read(qint64 offset, qint64 length) const override
    {
        length = std::min(length, m_length - offset);
        if (offset < 0 || length <= 0)
            return {};
        // Not mapped into memory: a file that somebody cuts would end the program.
        const QMutexLocker lock(&m_mutex);
        return m_file->seek(m_offset + offset) ? m_file->read(length) : QByteArray();
    }

private:
    mutable QMutex m_mutex;
    std::unique_ptr<QFile> m_file;
    qint64 m_offset;
    qint64 m_length;
};

} // namespace

TextSourcePtr memorySource(QByteArray bytes)
{
    return std::make_shared<MemorySource>(std::move(bytes));
}

TextSourcePtr fileSource(const QString &path, qint64 offset, qint64 length, QString *error)
{
    auto file = std::make_unique<QFile>(path);
    if (!file->open(QIODevice::ReadOnly | QIODevice::Unbuffered)) {
        if (error)
            *error = path + QStringLiteral(": ") + file->errorString();
        return memorySource({});
    }
    const qint64 rest = std::max<qint64>(0, file->size() - offset);
    const qint64 size = length < 0 ? rest : std::min(length, rest);
    return std::make_shared<FileSource>(std::move(file), offset, size);
}

} // namespace gatehouse::ui
