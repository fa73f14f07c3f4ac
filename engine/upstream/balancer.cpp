// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/upstream/balancer.h"

#include <QRandomGenerator>

namespace gatehouse::upstream {

Balancer::~Balancer() = default;

namespace {

using Instances = std::span<const std::unique_ptr<Instance>>;

/// Each turn every instance gains its weight, and the richest is picked and pays the sum.
class RoundRobin final : public Balancer
{
public:
    Instance *pick(Instances instances, const Exchange &, SteadyTime now) override
    {
        Instance *best = nullptr;
        int sum = 0;
        for (const std::unique_ptr<Instance> &instance : instances) {
            if (!instance->isAvailable(now))
                continue;
            sum += instance->weight();
            instance->currentWeight += instance->weight();
            if (!best || instance->currentWeight > best->currentWeight)
                best = instance.get();
        }
        if (best)
            best->currentWeight -= sum;
        return best;
    }
    [[nodiscard]] std::string_view name() const override { return "round_robin"; }
};

class Random final : public Balancer
{
public:
    Instance *pick(Instances instances, const Exchange &, SteadyTime now) override
    {
        int sum = 0;
        for (const std::unique_ptr<Instance> &instance : instances)
            sum += instance->isAvailable(now) ? instance->weight() : 0;
        if (sum == 0)
            return nullptr;
        int draw = int(m_random.bounded(quint32(sum)));
        for (const std::unique_ptr<Instance> &instance : instances) {
            if (!instance->isAvailable(now))
                continue;
            draw -= instance->weight();
            if (draw < 0)
                return instance.get();
        }
        return nullptr;
    }
    [[nodiscard]] std::string_view name() const override { return "random"; }

private:
    QRandomGenerator m_random = QRandomGenerator::securelySeeded();
};

/// The least load for its weight, as this worker sees it; equals take turns.
class LeastRequest final : public Balancer
{
public:
    Instance *pick(Instances instances, const Exchange &, SteadyTime now) override
    {
        Instance *best = nullptr;
        ++m_turn;
        for (std::size_t i = 0; i < instances.size(); ++i) {
            Instance *const instance = instances[(m_turn + i) % instances.size()].get();
            if (instance->isAvailable(now) && (!best || isLighter(*instance, *best)))
                best = instance;
        }
        return best;
    }
    [[nodiscard]] std::string_view name() const override { return "least_request"; }

private:
    static bool isLighter(const Instance &a, const Instance &b)
    {
        const qint64 loadA = a.stats.active.load(std::memory_order_relaxed) + 1;
        const qint64 loadB = b.stats.active.load(std::memory_order_relaxed) + 1;
        return loadA * b.weight() < loadB * a.weight();
    }

    std::size_t m_turn = 0;
};

} // namespace

std::unique_ptr<Balancer> makeBalancer(std::string_view name)
{
    if (name == "round_robin")
        return std::make_unique<RoundRobin>();
    if (name == "random")
        return std::make_unique<Random>();
    if (name == "least_request")
        return std::make_unique<LeastRequest>();
    return nullptr;
}

} // namespace gatehouse::upstream
