// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/routing/picture.h"

#include <QTest>

#include <cstdlib>
#include <new>

using namespace gatehouse;

namespace {

std::size_t allocations = 0;

} // namespace

// NOLINTBEGIN: the whole point of the program is to count these
void *operator new(std::size_t bytes)
{
    ++allocations;
    if (void *memory = std::malloc(bytes))
        return memory;
    throw std::bad_alloc();
}
void operator delete(void *memory) noexcept
{
    std::free(memory);
}
void operator delete(void *memory, std::size_t) noexcept
{
    std::free(memory);
}
// NOLINTEND

namespace {

class RouterMemoryTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void matchingAllocatesNothing_data()
    {
        QTest::addColumn<routing::Router::Kind>("kind");
        using Kind = routing::Router::Kind;
        QTest::newRow("GET api.local/users/5?page=1 x-api=2") << Kind::Found;
        QTest::newRow("GET www.shop.local/files/a%20b/c%2Fd") << Kind::Found;
        QTest::newRow("HEAD api.local/users/5?page=1 x-api=2") << Kind::Found;
        QTest::newRow("POST api.local/users/5?page=1 x-api=2") << Kind::MethodNotAllowed;
        QTest::newRow("GET api.local/users/abc?page=%31 x-api=2") << Kind::BadParameter;
        QTest::newRow("GET api.local/nowhere/at/all") << Kind::NotFound;
    }
    void matchingAllocatesNothing()
    {
        const auto routes = test::routesOf("a GET api.local /users/{id:int} h:x-api=2 q:page=1\n"
                                           "b GET *.shop.local /files/{first}/{*rest}\n"
                                           "c GET /static/*\n");
        config::Findings findings;
        const auto router = routing::Router::compile(routes, findings);
        const test::RequestPicture request(QTest::currentDataTag());
        Arena arena;
        (void)arena.allocate(1); // the first block, which an exchange's arena keeps
        routing::Params params;
        const std::size_t before = allocations;
        const auto match = router.match(request.view(), arena, params);
        const std::size_t after = allocations;
        QCOMPARE(after - before, 0u);
        QTEST(match.kind, "kind");
    }
};

} // namespace

Q_DECLARE_METATYPE(gatehouse::routing::Router::Kind)

QTEST_APPLESS_MAIN(RouterMemoryTest)
#include "tst_routermemory.moc"
