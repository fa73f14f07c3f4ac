// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/http/chunkdecoder.h"

#include "tests/support/parsedrequest.h"

using namespace gatehouse;
using test::bytes;

namespace {

/// What a receiver gets out of a chunked body.
struct Decoded
{
    enum class End { Last, Refused, Waiting };
    End end = End::Waiting;
    QByteArray data;
    QByteArray trailers;  // "name=value;"
    std::size_t rest = 0; // bytes after the end of the body

    bool operator==(const Decoded &other) const
    {
        // A refused body may have given data before or not, depending on how it arrived.
        return end == other.end
            && (end == End::Refused
                || (data == other.data && trailers == other.trailers && rest == other.rest));
    }
};

/// Keeps what the decoder leaves in a buffer, as a connection does.
class Receiver
{
public:
    void feed(std::string_view input)
    {
        m_buffer.append(input);
        while (!m_buffer.empty() && m_decoded.end == Decoded::End::Waiting) {
            const Result<ChunkDecoder::Step> step = m_decoder.decode(m_buffer, m_arena);
            if (!step) {
                m_decoded.end = Decoded::End::Refused;
                return;
            }
            m_decoded.data.append(step->data.data(), qsizetype(step->data.size()));
            m_buffer.erase(0, step->consumed);
            if (step->isLast)
                m_decoded.end = Decoded::End::Last;
            else if (step->consumed == 0)
                return;
        }
    }
    Decoded result()
    {
        m_decoded.rest = m_buffer.size();
        if (const Headers *trailers = m_decoder.trailers()) {
            for (const Field &field : trailers->fields())
                m_decoded.trailers += QByteArray::fromStdString(std::string(field.name) + '='
                                                                + std::string(field.value) + ';');
        }
        return m_decoded;
    }

private:
    Arena m_arena;
    ChunkDecoder m_decoder{ErrorCode::BadRequest};
    std::string m_buffer;
    Decoded m_decoded;
};

Decoded decodeWhole(std::string_view input)
{
    Receiver receiver;
    receiver.feed(input);
    return receiver.result();
}

Decoded decodeCut(std::string_view input, std::size_t at)
{
    Receiver receiver;
    receiver.feed(input.substr(0, at));
    receiver.feed(input.substr(at));
    return receiver.result();
}

Decoded decodeBytewise(std::string_view input)
{
    Receiver receiver;
    for (std::size_t i = 0; i < input.size(); ++i)
        receiver.feed(input.substr(i, 1));
    return receiver.result();
}

constexpr auto last = Decoded::End::Last;
constexpr auto refused = Decoded::End::Refused;

} // namespace

/// RFC 9112, section 7.1.
class TestChunkDecoder : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aBodyDecodesTheSameHoweverItArrives_data()
    {
        QTest::addColumn<QByteArray>("input");
        QTest::addColumn<int>("end");
        QTest::addColumn<QByteArray>("data");
        QTest::addColumn<QByteArray>("trailers");
        const auto row = [](const char *name, const QByteArray &input, Decoded::End end,
                            const QByteArray &data = {}, const QByteArray &trailers = {}) {
            QTest::newRow(name) << input << int(end) << data << trailers;
        };
        sizes(row);
        extensions(row);
        trailerSections(row);
    }
    void aBodyDecodesTheSameHoweverItArrives()
    {
        QFETCH(QByteArray, input);
        QFETCH(int, end);
        QFETCH(QByteArray, data);
        QFETCH(QByteArray, trailers);
        const std::string text = input.toStdString();
        const Decoded whole = decodeWhole(text);
        QCOMPARE(int(whole.end), end);
        if (whole.end == last) {
            QCOMPARE(whole.data, data);
            QCOMPARE(whole.trailers, trailers);
            QCOMPARE(whole.rest, std::size_t(0));
        }
        QVERIFY(decodeBytewise(text) == whole);
        for (std::size_t at = 1; at < text.size(); at += text.size() > 2000 ? 97 : 1)
            QVERIFY2(decodeCut(text, at) == whole, std::to_string(at).c_str());
    }

    void whatFollowsTheBodyIsLeftAlone()
    {
        const Decoded decoded = decodeWhole("3\r\nabc\r\n0\r\n\r\nGET / HTTP/1.1\r\n");
        QVERIFY(decoded.end == last);
        QCOMPARE(decoded.rest, std::size_t(16));
        const Decoded trailed = decodeWhole("0\r\nA: b\r\n\r\nGET");
        QCOMPARE(trailed.rest, std::size_t(3));
    }

    void brokenFramingIsRefusedWithoutWaitingForMore_data()
    {
        QTest::addColumn<QByteArray>("input");
        for (const char *input : {"x", "-", "+", " ", ";", "\r", "\n", "5\n", "5\r\nhelloX",
                                  "5\r\nhello\n", "0\r\n\n", "0\r\nA: b\n", "1;\n"})
            QTest::newRow(QByteArray(input).toPercentEncoding().constData()) << QByteArray(input);
        QTest::newRow("a size line without end") << QByteArray("1;") + QByteArray(2000, 'a');
        QTest::newRow("trailers without end") << QByteArray("0\r\n") + QByteArray(20'000, 'a');
    }
    void brokenFramingIsRefusedWithoutWaitingForMore()
    {
        QFETCH(QByteArray, input);
        QVERIFY(decodeWhole(input.toStdString()).end == refused);
        QVERIFY(decodeBytewise(input.toStdString()).end == refused);
    }

    void errorsHaveTheCodeOfTheirSide()
    {
        Arena arena;
        ChunkDecoder client(ErrorCode::BadRequest);
        QVERIFY(client.decode("x", arena).error().code() == ErrorCode::BadRequest);
        ChunkDecoder upstream(ErrorCode::UpstreamProtocol);
        QVERIFY(upstream.decode("x", arena).error().code() == ErrorCode::UpstreamProtocol);
    }

    void largeBodiesAreDecodedInPlace()
    {
        std::string text;
        for (int i = 0; i < 1000; ++i)
            text += "400\r\n" + std::string(1024, 'a') + "\r\n";
        text += "0\r\n\r\n";
        Arena arena;
        ChunkDecoder decoder(ErrorCode::BadRequest);
        std::string_view rest = text;
        std::size_t got = 0;
        for (bool isLast = false; !isLast;) {
            const Result<ChunkDecoder::Step> step = decoder.decode(rest, arena);
            QVERIFY(step);
            QVERIFY(step->data.empty()
                    || (step->data.data() >= rest.data()
                        && step->data.data() + step->data.size() <= rest.data() + rest.size()));
            got += step->data.size();
            rest.remove_prefix(step->consumed);
            isLast = step->isLast;
        }
        QCOMPARE(got, std::size_t(1024 * 1000));
    }

private:
    template<typename Row>
    static void sizes(const Row &row)
    {
        row("empty", "0\r\n\r\n", last);
        row("one chunk", "5\r\nhello\r\n0\r\n\r\n", last, "hello");
        row("two chunks", "5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n", last, "hello world");
        row("hexadecimal", "A\r\n0123456789\r\nb\r\n0123456789a\r\n0\r\n\r\n", last,
            "01234567890123456789a");
        row("data that looks like framing", "7\r\n\r\n0\r\n\r\n\r\n0\r\n\r\n", last,
            "\r\n0\r\n\r\n");
        row("leading zeros", "0005\r\nhello\r\n000\r\n\r\n", last, "hello");
        row("a zero first in a later size", "1\r\na\r\n02\r\nbc\r\n0\r\n\r\n", last, "abc");
        row("sixteen digits", "0000000000000005\r\nhello\r\n0\r\n\r\n", last, "hello");
        row("too many zeros", "00000000000000005\r\nhello\r\n0\r\n\r\n", refused);
        row("overflow to 5", "10000000000000005\r\nhello\r\n0\r\n\r\n", refused);
        row("overflow", "FFFFFFFFFFFFFFFF\r\nhello\r\n0\r\n\r\n", refused);
        row("the largest signed", "7FFFFFFFFFFFFFFF\r\nhello\r\n0\r\n\r\n", refused);
        row("0x", "0x5\r\nhello\r\n0\r\n\r\n", refused);
        row("minus", "-5\r\nhello\r\n0\r\n\r\n", refused);
        row("plus", "+5\r\nhello\r\n0\r\n\r\n", refused);
        row("no size", "\r\nhello\r\n0\r\n\r\n", refused);
        row("letters", "g\r\nhello\r\n0\r\n\r\n", refused);
        row("a blank before", " 5\r\nhello\r\n0\r\n\r\n", refused);
        row("a blank after", "5 \r\nhello\r\n0\r\n\r\n", refused);
        row("a tab after", "5\t\r\nhello\r\n0\r\n\r\n", refused);
        row("a blank inside", "1 0\r\nhello\r\n0\r\n\r\n", refused);
        row("an underscore", "1_0\r\nhello\r\n0\r\n\r\n", refused);
        row("a blank after the last", "5\r\nhello\r\n0 \r\n\r\n", refused);
        row("bare LF after the size", "5\nhello\r\n0\r\n\r\n", refused);
        row("bare CR after the size", "5\rhello\r\n0\r\n\r\n", refused);
        row("CR twice", "5\r\r\nhello\r\n0\r\n\r\n", refused);
        row("NUL after the size", bytes("5\0\r\nhello\r\n0\r\n\r\n"), refused);
        row("bare LF after the data", "5\r\nhello\n0\r\n\r\n", refused);
        row("no CRLF after the data", "5\r\nhello0\r\n\r\n", refused);
        row("data too long", "5\r\nhello!\r\n0\r\n\r\n", refused);
        row("data too short", "6\r\nhello\r\n0\r\n\r\n", refused);
        row("an empty line instead of a size", "5\r\nhello\r\n\r\n0\r\n\r\n", refused);
        row("bare LF at the end", "0\r\n\n", refused);
        row("bare LF after the last size", "0\n\r\n", refused);
        row("all bare LF", "5\nhello\n0\n\n", refused);
    }

    template<typename Row>
    static void extensions(const Row &row)
    {
        const auto with = [&row](const QByteArray &extension, Decoded::End end) {
            row(extension.left(30).toPercentEncoding(" ;=\"").constData(),
                "5" + extension + "\r\nhello\r\n0" + extension + "\r\n\r\n", end,
                end == last ? "hello" : "");
        };
        with(";a", last);
        with(";a=b", last);
        with(";a=\"b\"", last);
        with(";a=\"\"", last);
        with(";a=\"b;c=\\\"d\\\\\"", last);
        with(" ; a = b ;\tc", last);
        with(";a=\"\xC3\xA4\"", last);
        with(";a=" + QByteArray(900, 'b'), last);
        with(";a=" + QByteArray(1100, 'b'), refused);
        with(";", refused);
        with(";;a", refused);
        with(";a;", refused);
        with(";a=", refused);
        with(";=b", refused);
        with(";a=b c", refused);
        with(";a=b ", refused);
        with(" a", refused);
        with(";a=\"b", refused);
        with(";a=\"b\"c", refused);
        with(";a=\"b\\", refused);
        with(";a(b)", refused);
        with(";a=\xC3\xA4", refused);
        with(";a=\rb", refused);
        with(";a=\nb", refused);
        with(";a=\"\n\"", refused);
        with(";a=\"\x01\"", refused);
        with(bytes(";a=\"\0\""), refused);
    }

    template<typename Row>
    static void trailerSections(const Row &row)
    {
        const auto with = [&row](const QByteArray &section, Decoded::End end,
                                 const QByteArray &trailers = {}) {
            row(("trailers " + section.left(40).toPercentEncoding(" :")).constData(),
                "1\r\na\r\n0\r\n" + section + "\r\n", end, end == last ? "a" : "", trailers);
        };
        with("A: b\r\n", last, "A=b;");
        with("A: b\r\nC:d\r\nA:\r\n", last, "A=b;C=d;A=;");
        with("Content-Length: 5\r\nA: b\r\n", last, "A=b;");
        with("transfer-encoding: chunked\r\nHost: x\r\nTrailer: A\r\n", last);
        with("Authorization: x\r\nSet-Cookie: y\r\nContent-Type: z\r\nConnection: A\r\n", last);
        with("A : b\r\n", refused);
        with(" A: b\r\n", refused);
        with("A: b\r\n c\r\n", refused);
        with("A\r\n", refused);
        with(": b\r\n", refused);
        with("A: b\n", refused);
        with("A: \x01\r\n", refused);
        with(bytes("A: \0\r\n"), refused);
        with("A: b\rc\r\n", refused);
        with("A: " + QByteArray(10'000, 'b') + "\r\n", last, "A=" + QByteArray(10'000, 'b') + ";");
        with("A: " + QByteArray(17'000, 'b') + "\r\n", refused);
    }
};

QTEST_GUILESS_MAIN(TestChunkDecoder)
#include "tst_chunkdecoder.moc"
