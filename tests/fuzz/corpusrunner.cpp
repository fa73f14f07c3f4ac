// SPDX-License-Identifier: GPL-3.0-or-later
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

namespace {

constexpr std::size_t mutationsInAll = 4000;

void runOne(const std::string &input)
{
    // A heap copy of exactly this size, so that AddressSanitizer sees the first byte too far.
    const std::vector<uint8_t> bytes(input.begin(), input.end());
    LLVMFuzzerTestOneInput(bytes.data(), bytes.size());
}

/// One to four small changes: what breaks parsers is mostly one byte away from what does not.
std::string mutated(std::string text, const std::vector<std::string> &corpus, std::mt19937 &random)
{
    constexpr char special[] = "\r\n\t :;,=\"%/?#.[]\0\x7F\xFF"
                               "0159afAF-+";
    const auto below = [&random](std::size_t end) { return end == 0 ? 0 : random() % end; };
    for (std::size_t round = 0; round <= below(4); ++round) {
        const std::size_t at = below(text.size() + 1);
        switch (below(6)) {
        case 0:
            text.insert(at, 1, special[below(sizeof special - 1)]);
            break;
        case 1:
            text.erase(at, 1 + below(4));
            break;
        case 2:
            text.resize(at);
            break;
        case 3:
            text.insert(at, text.substr(below(text.size() + 1), below(20)));
            break;
        case 4: {
            const std::string &other = corpus[below(corpus.size())];
            text = text.substr(0, at) + other.substr(below(other.size() + 1));
            break;
        }
        default:
            if (at < text.size())
                text[at] = special[below(sizeof special - 1)];
        }
    }
    return text;
}

} // namespace

/// Runs every file of the folder given and a few thousand mutations of them, the same each time.
int main(int argc, char **argv)
{
    std::vector<std::string> corpus;
    for (int i = 1; i < argc; ++i) {
        for (const auto &entry : std::filesystem::directory_iterator(argv[i])) {
            std::ifstream file(entry.path(), std::ios::binary);
            corpus.emplace_back(std::istreambuf_iterator<char>(file),
                                std::istreambuf_iterator<char>());
        }
    }
    if (corpus.empty()) {
        (void)std::fprintf(stderr, "no corpus given\n");
        return 1;
    }
    for (const std::string &input : corpus)
        runOne(input);
    std::mt19937 random; // NOLINT: the same seed each time is what we want
    for (std::size_t i = 0; i < mutationsInAll; ++i)
        runOne(mutated(corpus[i % corpus.size()], corpus, random));
    (void)std::printf("%zu files, %zu mutations\n", corpus.size(), mutationsInAll);
    return 0;
}
