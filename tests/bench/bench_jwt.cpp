// SPDX-License-Identifier: GPL-3.0-or-later
// What a token costs, as ratios of one run: cold against OpenSSL's own verification of the same
// signature with a prepared context, warm against cold. One line of JSON per algorithm:
// {"bench":"jwt","alg":"ES256","openssl_us":..,"cold_us":..,"cold_ratio":..,"warm_ns":..}
#include "engine/auth/jwtauthenticator.h"
#include "tests/auth/signer.h"

#include <algorithm>
#include <chrono>
#include <cstdio>

using namespace gatehouse;

namespace {

/// The median time of \a work in nanoseconds, over batches.
template<typename Work>
double measure(int batch, Work work)
{
    std::vector<double> samples;
    for (int i = 0; i < 41; ++i) {
        const auto begin = std::chrono::steady_clock::now();
        for (int j = 0; j < batch; ++j)
            work();
        const std::chrono::duration<double, std::nano> spent =
            std::chrono::steady_clock::now() - begin;
        samples.push_back(spent.count() / batch);
    }
    std::ranges::sort(samples);
    return samples[samples.size() / 2];
}

auth::JwtSettings settingsFor(const test::Signer &signer, std::chrono::milliseconds cache)
{
    auth::JwtSettings settings;
    settings.keys = std::make_shared<auth::KeySource>(*auth::KeySet::parse(signer.jwks()));
    settings.places.headers = {{"Authorization", "Bearer", true}};
    settings.places.forwards = true;
    settings.cache = cache;
    return settings;
}

/// One request: what is found in it, and its arena, as a connection keeps them.
class Request
{
public:
    explicit Request(const std::string &token) : m_value("Bearer " + token) {}
    bool passes(const auth::JwtAuthenticator &jwt)
    {
        m_exchange.reset();
        m_exchange.request().headers().add("User-Agent", "bench");
        m_exchange.request().headers().add("Accept", "*/*");
        m_exchange.request().headers().add("Authorization", m_value);
        return jwt.check(m_exchange).kind == auth::Decision::Kind::Accepted;
    }

private:
    std::string m_value;
    Exchange m_exchange;
};

bool run(const char *name)
{
    const test::Signer signer(name, "key");
    const auth::Algorithm algorithm = *auth::algorithmFrom(name);
    const std::string token = signer.token("{\"sub\":\"ada\",\"exp\":4000000000,\"iss\":\"me\","
                                           "\"aud\":\"api\",\"scope\":\"read write\","
                                           "\"email\":\"ada@a.example\",\"tokenVersion\":3}");
    const auto keys = auth::KeySet::parse(signer.jwks());
    const std::size_t dot = token.rfind('.');
    const std::string input = token.substr(0, dot);
    const std::string signature = *auth::fromBase64Url(token.substr(dot + 1));
    auth::Verifier verifier;
    bool isFine = true;
    const double bare = measure(
        200, [&] { isFine &= verifier.verify(keys->keys().front(), algorithm, input, signature); });
    Request request(token);
    const auth::JwtAuthenticator forgetful(settingsFor(signer, std::chrono::milliseconds(0)));
    const double cold = measure(200, [&] { isFine &= request.passes(forgetful); });
    const auth::JwtAuthenticator jwt(settingsFor(signer, std::chrono::minutes(3)));
    const double warm = measure(5'000, [&] { isFine &= request.passes(jwt); });
    std::printf("{\"bench\":\"jwt\",\"alg\":\"%s\",\"openssl_us\":%.1f,\"cold_us\":%.1f,"
                "\"cold_ratio\":%.2f,\"warm_ns\":%.0f,\"warm_ratio\":%.4f}\n",
                name, bare / 1000, cold / 1000, cold / bare, warm, warm / cold);
    return isFine;
}

} // namespace

int main()
{
    bool isFine = true;
    for (const char *name : {"ES256", "RS256", "EdDSA", "HS256"})
        isFine &= run(name);
    if (!isFine)
        std::fputs("a token was refused\n", stderr);
    return isFine ? 0 : 1;
}
