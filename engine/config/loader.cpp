// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/config/loader.h"

#include "engine/config/document.h"
#include "engine/config/documentschema.h"
#include "engine/config/environment.h"
#include "engine/config/overrides.h"
#include "engine/config/sources.h"
#include "engine/config/variables.h"

#include <algorithm>
#include <functional>
#include <tuple>
#include <unordered_set>

namespace gatehouse::config {

namespace {

using namespace internal;

std::string identity(const Mark &mark)
{
    return mark.text();
}

/// A value whose variable is missing is wrong in other ways too, but only for that reason.
void dropFollowUps(Findings &findings)
{
    std::unordered_set<std::string> missing;
    for (const Finding &finding : findings) {
        if (finding.rule == "missing-variable" || finding.rule == "interpolation")
            missing.insert(identity(finding.mark));
    }
    const auto isFollowUp = [&missing](const Finding &finding) {
        return finding.rule != "missing-variable" && finding.rule != "interpolation"
            && missing.contains(identity(finding.mark));
    };
    std::erase_if(findings, isFollowUp);
}

/// The same value can be reached by two ways: through an alias or a named middleware.
void dropRepeated(Findings &findings)
{
    std::unordered_set<std::string> seen;
    std::erase_if(findings, [&seen](const Finding &finding) {
        const std::string place =
            finding.mark.line > 0 ? identity(finding.mark) : identity(finding.mark) + finding.path;
        return !seen.insert(place + '\n' + finding.rule + '\n' + finding.message).second;
    });
}

void sortFindings(Findings &findings)
{
    const auto key = [](const Finding &finding) {
        static const std::string none;
        return std::make_tuple(finding.severity, finding.mark.line == 0,
                               std::cref(finding.mark.file ? *finding.mark.file : none),
                               finding.mark.line, finding.mark.column);
    };
    std::stable_sort(findings.begin(), findings.end(),
                     [&key](const Finding &a, const Finding &b) { return key(a) < key(b); });
}

class Loading
{
public:
    explicit Loading(const LoadOptions &options)
        : m_options(options)
        , m_interpolator(options.variables)
        , m_sources(m_interpolator, m_result.findings)
    {
    }

    Loaded run(const std::function<bool(Sources &)> &read)
    {
        try {
            m_result.isUnusable = !read(m_sources);
            if (!m_result.isUnusable)
                finish();
        } catch (const std::exception &error) { // out of memory; our own code throws nothing
            m_result.config.reset();
            m_result.findings.push_back({Severity::Error,
                                         {std::make_shared<const std::string>(m_options.file)},
                                         {},
                                         "internal",
                                         std::string("cannot be loaded: ") + error.what(),
                                         {}});
        }
        m_result.files = m_sources.files();
        dropFollowUps(m_result.findings);
        dropRepeated(m_result.findings);
        sortFindings(m_result.findings);
        return std::move(m_result);
    }

private:
    void finish()
    {
        const Schema schema = documentSchema();
        Findings &findings = m_result.findings;
        Node &root = m_sources.root();
        const std::string environment = chooseEnvironment(root, m_options);
        applyEnvironment(root, environment, m_interpolator, findings);
        Variables(schema, m_options).apply(root, m_interpolator.asked(), findings);
        applyOverrides(root, m_options.overrides, findings);
        setEnvironment(root, environment);

        Document document(schema, std::move(root), m_sources.isComplete(), m_options, findings);
        document.check();
        const bool isValid = !hasErrors(findings);
        if (isValid)
            m_result.config = document.config();
        m_result.effective = document.effective(isValid);
    }

    /// Wherever it was chosen; a value of the wrong shape stays, for the schema to report.
    static void setEnvironment(Node &root, const std::string &environment)
    {
        Node *const old = root.find("environment");
        if (!old)
            root.set("environment", Node::scalar(environment, root.mark()), root.mark());
        else if (old->kind() == Node::Kind::Scalar || old->isNull())
            *old = Node::scalar(environment, old->mark());
    }

    const LoadOptions &m_options;
    Loaded m_result;
    Interpolator m_interpolator;
    Sources m_sources;
};

} // namespace

Loaded load(const LoadOptions &options)
{
    const QString file = QString::fromStdString(options.file);
    return Loading(options).run([&file](Sources &sources) {
        const bool isUsable = sources.readMain(file);
        if (isUsable)
            sources.readFolder(file);
        return isUsable;
    });
}

Loaded loadText(const std::string &name, const std::string &yaml, const LoadOptions &options)
{
    const QString file = QString::fromStdString(options.file.empty() ? name : options.file);
    return Loading(options).run([&](Sources &sources) {
        const bool isUsable = sources.readMainText(name, yaml, file);
        if (isUsable && !options.file.empty())
            sources.readFolder(file);
        return isUsable;
    });
}

} // namespace gatehouse::config
