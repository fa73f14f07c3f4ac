// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/http/fieldname.h"

#include <QRandomGenerator>
#include <QTest>

#include <array>
#include <cctype>
#include <string>

using namespace gatehouse;

namespace {

struct Known
{
    const char *name;
    FieldName id;
};

// That the table of the engine is complete and sorted, its own static_assert checks.
constexpr std::array known = {
    Known{"Connection", FieldName::Connection},
    Known{"Keep-Alive", FieldName::KeepAlive},
    Known{"Proxy-Connection", FieldName::ProxyConnection},
    Known{"Proxy-Authenticate", FieldName::ProxyAuthenticate},
    Known{"Proxy-Authorization", FieldName::ProxyAuthorization},
    Known{"TE", FieldName::Te},
    Known{"Transfer-Encoding", FieldName::TransferEncoding},
    Known{"Upgrade", FieldName::Upgrade},
    Known{"HTTP2-Settings", FieldName::Http2Settings},
    Known{"Allow", FieldName::Allow},
    Known{"Content-Length", FieldName::ContentLength},
    Known{"Content-Type", FieldName::ContentType},
    Known{"Date", FieldName::Date},
    Known{"Expect", FieldName::Expect},
    Known{"Forwarded", FieldName::Forwarded},
    Known{"Host", FieldName::Host},
    Known{"Location", FieldName::Location},
    Known{"Max-Forwards", FieldName::MaxForwards},
    Known{"Server", FieldName::Server},
    Known{"Trailer", FieldName::Trailer},
    Known{"Via", FieldName::Via},
    Known{"X-Forwarded-For", FieldName::XForwardedFor},
    Known{"X-Forwarded-Host", FieldName::XForwardedHost},
    Known{"Gatehouse-Tag", FieldName::GatehouseTag},
    Known{"X-Forwarded-Proto", FieldName::XForwardedProto},
    Known{"X-Real-IP", FieldName::XRealIp},
    Known{"X-Request-ID", FieldName::XRequestId},
};
static_assert(known.size() == fieldNameCount - 1, "add the new name here");

} // namespace

class TestFieldName : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void namesAreFoundInAnyCase()
    {
        QRandomGenerator random(7);
        for (const Known &field : known) {
            for (int i = 0; i < 50; ++i) {
                std::string name = field.name;
                for (char &c : name)
                    c = char(random.bounded(2) ? std::toupper(c) : std::tolower(c));
                QVERIFY2(fieldNameFrom(name) == field.id, name.c_str());
            }
        }
    }

    void neighboursOfKnownNamesAreOther()
    {
        for (const Known &field : known) {
            const std::string name = field.name;
            QVERIFY(fieldNameFrom(name + "x") == FieldName::Other);
            QVERIFY(fieldNameFrom("x" + name) == FieldName::Other);
            QVERIFY(fieldNameFrom(name.substr(1)) == FieldName::Other);
            for (std::size_t i = 0; i < name.size(); ++i) {
                std::string other = name;
                other[i] ^= 0x20; // for a letter its other case, for "-" a carriage return
                const bool isCase = std::isalpha(static_cast<unsigned char>(name[i])) != 0;
                QVERIFY((fieldNameFrom(other) == field.id) == isCase);
            }
        }
        QVERIFY(fieldNameFrom("") == FieldName::Other);
        QVERIFY(fieldNameFrom(std::string(1000, 'a')) == FieldName::Other);
    }

    void hopByHopNamesAreThoseOfTheRfc() // RFC 9110, section 7.6.1
    {
        for (std::size_t i = 0; i < known.size(); ++i)
            QCOMPARE(isHopByHop(known[i].id), i < 9);
        QVERIFY(!isHopByHop(FieldName::Other));
    }

    // RFC 3875, section 4.1.18
    void aNameWithUnderscoresIsTakenForItsTwin()
    {
        QVERIFY(isTakenFor("x_user-ID", "X-User-Id"));
        QVERIFY(isTakenFor("X-User-Id", "X-User-Id"));
        QVERIFY(!isTakenFor("X.User-Id", "X-User-Id"));
        QVERIFY(!isTakenFor("X-User-I", "X-User-Id"));
    }

    void caseIsIgnoredForLettersOnly()
    {
        QVERIFY(equalsIgnoringCase("aBc-1", "AbC-1"));
        QVERIFY(!equalsIgnoringCase("a@", "a`"));
        QVERIFY(!equalsIgnoringCase("[", "{"));
        QVERIFY(!equalsIgnoringCase("a", "ab"));
        QVERIFY(!equalsIgnoringCase("\xC4", "\xE4"));
    }
};

QTEST_GUILESS_MAIN(TestFieldName)
#include "tst_fieldname.moc"
