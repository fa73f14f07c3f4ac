// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/bodydecode.h"

#include "ui/models/units.h"

#include <QCoreApplication>
#include <QStringList>

#include <zlib.h>

namespace gatehouse::ui {

namespace {

QString say(const char *sentence)
{
    return QCoreApplication::translate("BodyDecode", sentence);
}

class Inflater
{
public:
    // 15 + 32: the largest window, gzip or zlib header recognised; -15: no header at all.
    explicit Inflater(int windowBits) { m_isReady = inflateInit2(&m_stream, windowBits) == Z_OK; }
    ~Inflater()
    {
        if (m_isReady)
            inflateEnd(&m_stream);
    }
    Q_DISABLE_COPY_MOVE(Inflater)

    // False at the end or at an error: status() tells which.
    bool feed(const QByteArray &part, QByteArray &out, qint64 most)
    {
        char buffer[64 * 1024];
        // zlib takes no const; it does not write to its input.
        m_stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(part.constData()));
        m_stream.avail_in = uInt(part.size());
        while (m_isReady && out.size() < most) {
            m_stream.next_out = reinterpret_cast<Bytef *>(buffer);
            m_stream.avail_out = sizeof(buffer);
            m_status = inflate(&m_stream, Z_NO_FLUSH);
            out.append(buffer, qsizetype(sizeof(buffer) - m_stream.avail_out));
            if (m_status == Z_STREAM_END && m_stream.avail_in > 0
                && inflateReset(&m_stream) == Z_OK)
                continue; // RFC 1952, section 2.2: members follow each other
            if (m_status != Z_OK)
                return m_status == Z_BUF_ERROR && m_stream.avail_in == 0;
            if (m_stream.avail_in == 0 && m_stream.avail_out > 0)
                return true;
        }
        return false;
    }
    [[nodiscard]] bool isAtEnd() const { return m_status == Z_STREAM_END; }
    [[nodiscard]] bool isBroken() const { return m_status < 0 && m_status != Z_BUF_ERROR; }

private:
    z_stream m_stream{};
    int m_status = Z_OK;
    bool m_isReady = false;
};

DecodedBody inflated(const TextSource &source, int windowBits, qint64 most,
                     const std::function<bool()> &goesOn)
{
    constexpr qint64 partBytes = 256 * 1024;
    Inflater inflater(windowBits);
    QByteArray out;
    bool isOn = true;
    for (qint64 at = 0; isOn && at < source.size() && goesOn(); at += partBytes)
        isOn = inflater.feed(source.read(at, partBytes), out, most);
    QString problem;
    if (out.size() >= most)
        problem = say("Only the first %1 are decoded.").arg(sizeQuantity(most).text());
    else if (inflater.isBroken())
        problem = say("The compressed data is broken after %1; what came before is shown.")
                      .arg(sizeQuantity(out.size()).text());
    else if (!inflater.isAtEnd())
        problem = say("The compressed data ends too early; what is there is shown.");
    return {memorySource(std::move(out)), problem};
}

// Many servers send deflate without the zlib header that RFC 9110, section 8.4.1.2 asks for.
bool hasZlibHeader(const QByteArray &head)
{
    return head.size() >= 2 && (quint8(head[0]) & 0x0F) == 8
        && (quint8(head[0]) * 256 + quint8(head[1])) % 31 == 0;
}

} // namespace

DecodedBody decodeBody(const TextSourcePtr &source, const QString &encoding, qint64 mostBytes,
                       const std::function<bool()> &goesOn)
{
    DecodedBody body{source, {}};
    QStringList codings = encoding.toLower().split(QLatin1Char(','), Qt::SkipEmptyParts);
    while (!codings.isEmpty() && body.problem.isEmpty()) {
        const QString coding = codings.takeLast().trimmed();
        const bool isGzip = coding == QLatin1String("gzip") || coding == QLatin1String("x-gzip");
        if (coding == QLatin1String("identity"))
            continue;
        if (!isGzip && coding != QLatin1String("deflate")) {
            body.problem = say("The coding \"%1\" is not decoded here; the body is shown as "
                               "received.")
                               .arg(coding.left(40));
            break;
        }
        const bool isRaw = !isGzip && !hasZlibHeader(body.source->read(0, 2));
        body = inflated(*body.source, isRaw ? -15 : 15 + 32, mostBytes, goesOn);
    }
    return body;
}

} // namespace gatehouse::ui
