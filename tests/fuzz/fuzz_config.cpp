// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/config/loader.h"

using gatehouse::config::LoadOptions;
using gatehouse::config::Schema;

namespace {

LoadOptions makeOptions()
{
    const Schema limit = Schema::object({{"limit", Schema::integer(1, 1000).required()},
                                         {"window", Schema::duration().withDefault("60s")},
                                         {"salt", Schema::text().secret()}});
    const Schema cors = Schema::object({{"origins", Schema::list(Schema::text())}});
    LoadOptions options;
    options.middleware = {{"rate_limit", limit}, {"cors", cors}};
    options.defaultPipeline = {"cors"};
    options.variables = {{"HOST", "api.local"}, {"GATEHOUSE_ADMIN_TOKEN", "secret"}};
    return options;
}

} // namespace

/// Whatever the text: no crash, no configuration without its reason, and what is shown can be read.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const LoadOptions options = makeOptions();
    const std::string yaml(reinterpret_cast<const char *>(data), size);
    const auto loaded = gatehouse::config::loadText("fuzz.yaml", yaml, options);
    if (bool(loaded.config) == gatehouse::config::hasErrors(loaded.findings))
        std::abort();
    const std::string shown = gatehouse::config::toYaml(loaded.effective);
    if (loaded.config && !gatehouse::config::loadText("shown.yaml", shown, options).config)
        std::abort();
    return 0;
}
