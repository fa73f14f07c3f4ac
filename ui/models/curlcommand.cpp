// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/curlcommand.h"

#include "ui/models/bodykind.h"
#include "ui/models/composerquery.h"
#include "ui/models/curlwords.h"

#include <QCoreApplication>
#include <QUrl>

#include <algorithm>

namespace gatehouse::ui {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Curl", text);
}

enum class Act {
    Method,
    Header,
    Data,
    RawData,
    BinaryData,
    UrlData,
    Json,
    User,
    Cookie,
    Agent,
    Referer,
    Url,
    Get,
    Head,
    Form,
    Upload,
    Ignore,     ///< of the program's own output
    IgnoreNext, ///< the same with a value
    Note,
    NoteNext,
};

struct Option
{
    const char *name;
    char letter; ///< 0: none
    Act act;
    const char *note;
};

constexpr Option options[] = {
    {"request", 'X', Act::Method, ""},
    {"header", 'H', Act::Header, ""},
    {"data", 'd', Act::Data, ""},
    {"data-ascii", 0, Act::Data, ""},
    {"data-raw", 0, Act::RawData, ""},
    {"data-binary", 0, Act::BinaryData, ""},
    {"data-urlencode", 0, Act::UrlData, ""},
    {"json", 0, Act::Json, ""},
    {"user", 'u', Act::User, ""},
    {"cookie", 'b', Act::Cookie, ""},
    {"user-agent", 'A', Act::Agent, ""},
    {"referer", 'e', Act::Referer, ""},
    {"url", 0, Act::Url, ""},
    {"get", 'G', Act::Get, ""},
    {"head", 'I', Act::Head, ""},
    {"form", 'F', Act::Form, ""},
    {"form-string", 0, Act::Form, ""},
    {"upload-file", 'T', Act::Upload, ""},
    {"insecure", 'k', Act::Note, QT_TRANSLATE_NOOP("Curl", "certificates are always checked")},
    {"compressed", 0, Act::Note,
     QT_TRANSLATE_NOOP("Curl", "add the header Accept-Encoding to ask for compression")},
    {"location", 'L', Act::Note, QT_TRANSLATE_NOOP("Curl", "redirects are shown, not followed")},
    {"http1.1", 0, Act::Ignore, ""},
    {"http2", 0, Act::Note, QT_TRANSLATE_NOOP("Curl", "requests go out as HTTP/1.1")},
    {"include", 'i', Act::Ignore, ""},
    {"silent", 's', Act::Ignore, ""},
    {"show-error", 'S', Act::Ignore, ""},
    {"verbose", 'v', Act::Ignore, ""},
    {"fail", 'f', Act::Ignore, ""},
    {"no-buffer", 'N', Act::Ignore, ""},
    {"globoff", 'g', Act::Ignore, ""},
    {"path-as-is", 0, Act::Ignore, ""},
    {"output", 'o', Act::IgnoreNext, ""},
    {"write-out", 'w', Act::IgnoreNext, ""},
    {"dump-header", 'D', Act::IgnoreNext, ""},
    {"max-time", 'm', Act::NoteNext,
     QT_TRANSLATE_NOOP("Curl", "an answer has a minute, whatever the command says")},
    {"connect-timeout", 0, Act::IgnoreNext, ""},
    {"proxy", 'x', Act::NoteNext, QT_TRANSLATE_NOOP("Curl", "no proxy is used")},
    {"cacert", 0, Act::NoteNext,
     QT_TRANSLATE_NOOP("Curl", "the certificates of the system are used")},
};

bool takesValue(Act act)
{
    switch (act) {
    case Act::Get:
    case Act::Head:
    case Act::Ignore:
    case Act::Note:
        return false;
    default:
        return true;
    }
}

class Reader
{
public:
    explicit Reader(QStringList words) : m_words(std::move(words)) {}

    Result<CurlCommand> run();

private:
    Result<void> word(const QString &word);
    Result<void> longOption(const QString &word);
    Result<void> letters(const QString &word);
    Result<void> take(const Option &option, const QString &shown, const QString &value);
    Result<QString> next(const QString &shown);
    Result<void> header(const QString &line);
    Result<void> data(const QString &value, bool isFile, bool isStripped);
    Result<void> urlData(const QString &value);
    void addData(const QString &text);
    void addHeader(const QString &name, const QString &value);
    void addDefault(const QString &name, const QString &value);
    void finish();
    [[nodiscard]] bool hasHeader(const QString &name) const;

    QStringList m_words;
    qsizetype m_at = 0;
    CurlCommand m_command;
    QString m_url;
    QString m_method;
    QString m_data;
    bool m_hasData = false;
    bool m_isGet = false;
    bool m_isHead = false;
    bool m_isJson = false;
    bool m_isUpload = false;
    bool m_isTypeOff = false; ///< "-H Content-Type:": none shall be sent
};

Result<QString> Reader::next(const QString &shown)
{
    if (m_at >= m_words.size())
        return fail(ErrorCode::BadRequest, tr("%1 needs a value behind it.").arg(shown));
    return m_words[m_at++];
}

bool Reader::hasHeader(const QString &name) const
{
    return std::ranges::any_of(m_command.request.headers, [&](const ComposerField &field) {
        return field.name.compare(name, Qt::CaseInsensitive) == 0;
    });
}

void Reader::addHeader(const QString &name, const QString &value)
{
    m_command.request.headers.push_back({name, value, true});
}

void Reader::addDefault(const QString &name, const QString &value)
{
    if (!hasHeader(name))
        addHeader(name, value);
}

Result<void> Reader::header(const QString &line)
{
    if (line.startsWith('@'))
        return fail(ErrorCode::BadRequest,
                    tr("-H %1: headers from a file are not read; paste them in.").arg(line));
    // "Name;" is curl's way to send an empty value, "Name:" to leave a header out.
    if (!line.contains(':') && line.endsWith(';')) {
        addHeader(line.chopped(1).trimmed(), {});
        return {};
    }
    if (!line.contains(':'))
        return fail(ErrorCode::BadRequest, tr("-H '%1': a header is \"Name: value\".").arg(line));
    const QString name = line.section(':', 0, 0).trimmed();
    const QString value = line.section(':', 1).trimmed();
    if (!value.isEmpty())
        addHeader(name, value);
    else if (name.compare(QLatin1String("content-type"), Qt::CaseInsensitive) == 0)
        m_isTypeOff = true;
    return {};
}

void Reader::addData(const QString &text)
{
    if (m_hasData)
        m_data += '&';
    m_data += text;
    m_hasData = true;
}

Result<void> Reader::data(const QString &value, bool isFile, bool isStripped)
{
    ComposerBody &body = m_command.request.body;
    if (!isFile || !value.startsWith('@')) {
        if (body.kind == ComposerBody::Kind::File)
            return fail(ErrorCode::BadRequest, tr("A body is a file or text, not both."));
        addData(value);
        return {};
    }
    if (m_hasData || body.kind == ComposerBody::Kind::File)
        return fail(ErrorCode::BadRequest, tr("A body can be one file only."));
    if (value == QLatin1String("@-"))
        return fail(ErrorCode::BadRequest, tr("A body from standard input cannot be read."));
    body.kind = ComposerBody::Kind::File;
    body.file = value.mid(1);
    if (isStripped)
        m_command.notes << tr("-d %1: the file is sent as it is, with its line breaks").arg(value);
    return {};
}

/// "content", "=content", "name=content"; "@file" and "name@file" are refused.
Result<void> Reader::urlData(const QString &value)
{
    const qsizetype equals = value.indexOf('=');
    const qsizetype at = value.indexOf('@');
    if (at >= 0 && (equals < 0 || at < equals))
        return fail(ErrorCode::BadRequest,
                    tr("--data-urlencode %1: files are not read; paste the text.").arg(value));
    const QString encoded =
        QString::fromLatin1(QUrl::toPercentEncoding(equals < 0 ? value : value.mid(equals + 1)));
    addData(equals > 0 ? value.left(equals + 1) + encoded : encoded);
    return {};
}

Result<void> Reader::take(const Option &option, const QString &shown, const QString &value)
{
    switch (option.act) {
    case Act::Method:
        m_method = value;
        break;
    case Act::Header:
        return header(value);
    case Act::Data:
        return data(value, true, true);
    case Act::RawData:
        return data(value, false, false);
    case Act::BinaryData:
        return data(value, true, false);
    case Act::UrlData:
        return urlData(value);
    case Act::Json:
        m_isJson = true;
        return data(value, true, false);
    case Act::User:
        addHeader(QStringLiteral("Authorization"),
                  QStringLiteral("Basic ") + QString::fromLatin1(value.toUtf8().toBase64()));
        break;
    case Act::Cookie:
        if (!value.contains('='))
            return fail(ErrorCode::BadRequest,
                        tr("-b %1: a cookie file is not read; write name=value.").arg(value));
        addHeader(QStringLiteral("Cookie"), value);
        break;
    case Act::Agent:
        addHeader(QStringLiteral("User-Agent"), value);
        break;
    case Act::Referer:
        addHeader(QStringLiteral("Referer"), value);
        break;
    case Act::Url:
        return word(value);
    case Act::Get:
        m_isGet = true;
        break;
    case Act::Head:
        m_isHead = true;
        break;
    case Act::Form:
        return fail(
            ErrorCode::BadRequest,
            tr("%1: multipart forms are not supported; send the body from a file.").arg(shown));
    case Act::Upload:
        if (m_method.isEmpty())
            m_method = QStringLiteral("PUT");
        m_isUpload = true;
        return data('@' + value, true, false);
    case Act::Note:
    case Act::NoteNext:
        m_command.notes << shown + ": " + tr(option.note);
        break;
    case Act::Ignore:
    case Act::IgnoreNext:
        break;
    }
    return {};
}

Result<void> Reader::longOption(const QString &word)
{
    const QString name = word.mid(2).section('=', 0, 0);
    for (const Option &option : options) {
        if (name != QLatin1String(option.name))
            continue;
        if (!takesValue(option.act))
            return take(option, word, {});
        if (word.contains('='))
            return take(option, "--" + name, word.section('=', 1));
        const Result<QString> value = next(word);
        return value ? take(option, word, *value) : std::unexpected(value.error());
    }
    return fail(ErrorCode::BadRequest,
                tr("The option %1 is not known here: remove it.").arg(word.left(40)));
}

/// "-sSX POST", "-XPOST".
Result<void> Reader::letters(const QString &word)
{
    for (qsizetype i = 1; i < word.size(); ++i) {
        const QString shown = QStringLiteral("-") + word[i];
        const auto *const option = std::ranges::find_if(
            options, [&](const Option &each) { return each.letter && word[i] == each.letter; });
        if (option == std::end(options))
            return fail(ErrorCode::BadRequest,
                        tr("The option %1 is not known here: remove it.").arg(shown));
        if (!takesValue(option->act)) {
            if (const Result<void> done = take(*option, shown, {}); !done)
                return done;
            continue;
        }
        const Result<QString> value =
            i + 1 < word.size() ? Result<QString>(word.mid(i + 1)) : next(shown);
        return value ? take(*option, shown, *value) : std::unexpected(value.error());
    }
    return {};
}

Result<void> Reader::word(const QString &word)
{
    if (!m_url.isEmpty())
        return fail(ErrorCode::BadRequest,
                    tr("The command has two URLs, %1 and %2: leave one.")
                        .arg(m_url.left(60), word.left(60)));
    m_url = word.contains(QStringLiteral("://")) ? word : QStringLiteral("http://") + word;
    return {};
}

void Reader::finish()
{
    ComposerRequest &request = m_command.request;
    if (m_isGet && m_hasData) {
        m_url += (m_url.contains('?') ? '&' : '?') + m_data;
        m_hasData = false;
    }
    if (m_hasData) {
        const bool isJson = m_isJson || kindOfBytes(m_data.toUtf8(), {}) == BodyKind::Json;
        request.body.kind = isJson ? ComposerBody::Kind::Json : ComposerBody::Kind::Text;
        request.body.text = m_data;
        // Text would get a type of its own.
        if (m_isTypeOff && !hasHeader(QStringLiteral("Content-Type")))
            request.body = {ComposerBody::Kind::Bytes, {}, {}, {}, m_data.toUtf8()};
    }
    const bool hasBody = request.body.kind != ComposerBody::Kind::None;
    if (m_isJson)
        addDefault(QStringLiteral("Accept"), QStringLiteral("application/json"));
    if (m_isJson)
        addDefault(QStringLiteral("Content-Type"), QStringLiteral("application/json"));
    else if (hasBody && !m_isUpload && !m_isTypeOff)
        addDefault(QStringLiteral("Content-Type"),
                   QStringLiteral("application/x-www-form-urlencoded"));
    request.method = !m_method.isEmpty() ? m_method
        : m_isHead                       ? QStringLiteral("HEAD")
        : hasBody && !m_isGet            ? QStringLiteral("POST")
                                         : QStringLiteral("GET");
    request.target = m_url;
    request.query = queryOf(m_url);
}

Result<CurlCommand> Reader::run()
{
    m_at = 1;
    bool areOptions = true;
    while (m_at < m_words.size()) {
        const QString each = m_words[m_at++];
        Result<void> done;
        if (areOptions && each == QLatin1String("--"))
            areOptions = false;
        else if (areOptions && each.startsWith(QLatin1String("--")))
            done = longOption(each);
        else if (areOptions && each.size() > 1 && each.startsWith('-'))
            done = letters(each);
        else
            done = word(each);
        if (!done)
            return std::unexpected(done.error());
    }
    if (m_url.isEmpty())
        return fail(ErrorCode::BadRequest, tr("The command has no URL."));
    finish();
    return std::move(m_command);
}

} // namespace

bool isCurlCommand(const QString &text)
{
    const QString begin = text.trimmed().left(6);
    return begin.startsWith(QLatin1String("curl")) && (begin.size() < 5 || begin[4].isSpace());
}

Result<CurlCommand> parseCurl(const QString &text)
{
    const Result<QStringList> words = shellWords(text.trimmed());
    if (!words)
        return std::unexpected(words.error());
    if (words->isEmpty() || words->first() != QLatin1String("curl"))
        return fail(ErrorCode::BadRequest, tr("This is no curl command: it begins with curl."));
    return Reader(*words).run();
}

} // namespace gatehouse::ui
