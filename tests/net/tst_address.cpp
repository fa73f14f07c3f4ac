// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/net/addressrange.h"

#include <QTest>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/un.h>

using namespace gatehouse;
using net::Address;
using net::AddressRange;

namespace {

static_assert(std::is_nothrow_move_constructible_v<Address>);

class AddressTest : public QObject
{
    Q_OBJECT

private:
    static Address through(const Address &address)
    {
        sockaddr_storage storage{};
        const socklen_t length = address.toNative(storage);
        return Address::fromNative(reinterpret_cast<const sockaddr *>(&storage), length);
    }

private Q_SLOTS:
    void readsWhatItWrites_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("canonical");
        QTest::addColumn<QString>("host");
        QTest::addColumn<int>("port");
        QTest::addColumn<int>("family");
        const auto row = [](const char *text, const char *canonical, const char *host, int port,
                            int family) {
            QTest::newRow(text) << text << canonical << host << port << family;
        };
        row("127.0.0.1:8080", "127.0.0.1:8080", "127.0.0.1", 8080, AF_INET);
        row("0.0.0.0:0", "0.0.0.0:0", "0.0.0.0", 0, AF_INET);
        row("[::1]:8080", "[::1]:8080", "::1", 8080, AF_INET6);
        row("[::]:65535", "[::]:65535", "::", 65535, AF_INET6);
        row("[2001:DB8:0::1]:80", "[2001:db8::1]:80", "2001:db8::1", 80, AF_INET6);
        row("[::ffff:10.1.2.3]:80", "10.1.2.3:80", "10.1.2.3", 80, AF_INET6);
        row("unix:/run/gatehouse.sock", "unix:/run/gatehouse.sock", "unix", 0, AF_UNIX);
        row("unix:@gatehouse", "unix:@gatehouse", "unix", 0, AF_UNIX);
    }
    void readsWhatItWrites()
    {
        QFETCH(const QString, text);
        const Result<Address> address = Address::parse(text.toStdString());
        QVERIFY(address);
        QTEST(QString::fromStdString(address->text()), "canonical");
        QTEST(QString::fromStdString(address->host()), "host");
        QTEST(int(address->port()), "port");
        QTEST(address->family(), "family");
        QCOMPARE(through(*address), *address);
    }

    void refusesWhatIsNoAddress_data()
    {
        QTest::addColumn<QString>("text");
        for (const char *text : {"",
                                 ":",
                                 ":80",
                                 "127.0.0.1",
                                 "127.0.0.1:",
                                 "127.0.0.1:65536",
                                 "127.0.0.1:-1",
                                 "127.0.0.1:8o",
                                 "127.0.0.1: 80",
                                 "127.0.0.256:80",
                                 "::1:80",
                                 "[::1]",
                                 "[::1]80",
                                 "[::1:80",
                                 "[]:80",
                                 "[::g]:80",
                                 "example.org:80",
                                 "unix:",
                                 "unix:@",
                                 "[fe80::1%nope]:80"}) {
            QTest::newRow(text) << text;
        }
        QTest::newRow("long path") << "unix:/" + QString(107, u'x');
        QTest::newRow("long host") << QString(300, u'1') + ":80";
    }
    void refusesWhatIsNoAddress()
    {
        QFETCH(const QString, text);
        const Result<Address> address = Address::parse(text.toStdString());
        QVERIFY(!address);
        QCOMPARE(address.error().code(), ErrorCode::InvalidConfig);
        QVERIFY(!address.error().message().isEmpty());
    }

    void splitsNamesAndPorts()
    {
        const auto name = Address::splitHostPort("api.local:8080");
        QVERIFY(name);
        QCOMPARE(name->host, "api.local");
        QCOMPARE(name->port, 8080);
        QCOMPARE(Address::splitHostPort("[::1]:80")->host, "::1");
        QVERIFY(!Address::splitHostPort("api.local"));
        QVERIFY(!Address::splitHostPort("::1"));
    }

    void theLongestUnixPathFits()
    {
        const std::string path = "/" + std::string(106, 'x');
        const Result<Address> address = Address::fromUnixPath(path);
        QVERIFY(address);
        QCOMPARE(through(*address), *address);
    }

    void anUnnamedUnixPeerIsJustUnix()
    {
        sockaddr_un native{};
        native.sun_family = AF_UNIX;
        const auto *generic = reinterpret_cast<const sockaddr *>(&native);
        const Address peer = Address::fromNative(generic, sizeof(sa_family_t));
        QVERIFY(peer.isUnix());
        QVERIFY(peer.isLoopback());
        QCOMPARE(peer.host(), "unix");
    }

    void knowsLoopback()
    {
        QVERIFY(Address::fromIp("127.0.0.1", 1)->isLoopback());
        QVERIFY(Address::fromIp("127.8.9.10", 1)->isLoopback());
        QVERIFY(Address::fromIp("::1", 1)->isLoopback());
        QVERIFY(Address::fromIp("::ffff:127.0.0.1", 1)->isLoopback());
        QVERIFY(!Address::fromIp("0.0.0.0", 1)->isLoopback());
        QVERIFY(!Address::fromIp("::", 1)->isLoopback());
        QVERIFY(!Address::fromIp("128.0.0.1", 1)->isLoopback());
    }

    void comparesByValue()
    {
        const Address a = *Address::fromIp("10.0.0.1", 80);
        Address b = *Address::fromIp("10.0.0.1", 81);
        QVERIFY(a != b);
        QVERIFY((a < b) != (b < a));
        b.setPort(80);
        QCOMPARE(a, b);
        QVERIFY(*Address::fromUnixPath("/a") < *Address::fromUnixPath("/b"));
    }

    void rangesContain_data()
    {
        QTest::addColumn<QString>("range");
        QTest::addColumn<QString>("ip");
        QTest::addColumn<bool>("isInside");
        const auto row = [](const char *range, const char *ip, bool isInside) {
            QTest::addRow("%s in %s", ip, range) << range << ip << isInside;
        };
        row("10.0.0.0/8", "10.255.1.2", true);
        row("10.0.0.0/8", "11.0.0.0", false);
        row("10.0.0.0/8", "::ffff:10.1.1.1", true);
        row("10.1.2.3/8", "10.9.9.9", true);
        row("192.168.4.0/22", "192.168.7.255", true);
        row("192.168.4.0/22", "192.168.8.0", false);
        row("127.0.0.1", "127.0.0.1", true);
        row("127.0.0.1", "127.0.0.2", false);
        row("0.0.0.0/0", "255.255.255.255", true);
        row("0.0.0.0/0", "::1", false);
        row("::/0", "2001:db8::1", true);
        row("::/0", "10.0.0.1", false);
        row("::ffff:10.0.0.0/104", "10.3.4.5", true);
        row("::1", "::1", true);
        row("::1", "::2", false);
        row("fd00::/9", "fd7f::1", true);
        row("fd00::/9", "fd80::1", false);
        row("2001:db8::/128", "2001:db8::", true);
    }
    void rangesContain()
    {
        QFETCH(const QString, range);
        QFETCH(const QString, ip);
        const Result<AddressRange> parsed = AddressRange::parse(range.toStdString());
        QVERIFY(parsed);
        QTEST(parsed->contains(*Address::fromIp(ip.toStdString(), 80)), "isInside");
        QVERIFY(!parsed->contains(*Address::fromUnixPath("/run/x")));
        QVERIFY(*AddressRange::parse(parsed->text()) == *parsed);
    }

    void refusesWhatIsNoRange()
    {
        for (const char *text : {"", "/8", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/-1", "::/129",
                                 "10.0.0/8", "host", "10.0.0.0/8/8", "10.0.0.0/ 8"})
            QVERIFY2(!AddressRange::parse(text), text);
    }
};

} // namespace

QTEST_APPLESS_MAIN(AddressTest)
#include "tst_address.moc"
