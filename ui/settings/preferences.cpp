// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/preferences.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QStandardPaths>

namespace gatehouse::ui {

namespace {

QString fileOf(const QString &path)
{
    const QString file = path.isEmpty()
        ? QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation)
            + QStringLiteral("/gatehouse/workbench.ini")
        : path;
    QDir().mkpath(QFileInfo(file).absolutePath());
    // Paths and host names are nobody else's business; QSettings would make it 0644.
    QFile probe(file);
    if (!probe.exists() && probe.open(QIODevice::WriteOnly))
        probe.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    return file;
}

SettingBase::Check between(int least, int most, const QString &unit)
{
    return [=](const QVariant &value) {
        const int number = value.toInt();
        if (number >= least && number <= most)
            return QString();
        return QStringLiteral("must be between %1 and %2 %3, not %4")
            .arg(least)
            .arg(most)
            .arg(unit)
            .arg(number);
    };
}

SettingBase::Check oneOf(const QStringList &words)
{
    return [=](const QVariant &value) {
        if (words.contains(value.toString()))
            return QString();
        return QStringLiteral("must be one of %1, not \"%2\"")
            .arg(words.join(QStringLiteral(", ")), value.toString().left(40));
    };
}

} // namespace

Preferences::Preferences(const QString &path, QObject *parent)
    : QObject(parent)
    , m_file(fileOf(path), QSettings::IniFormat)
    , theme("appearance/theme", tr("Colours"), "system",
            oneOf({"system", "light", "dark", "contrast"}), this)
    , scale("appearance/scale", tr("Size of text"), 100, between(90, 160, "percent"), this)
    , reduceMotion("appearance/reduce_motion", tr("Reduce motion"), false, {}, this)
    , rowHeight("appearance/row_height", tr("Height of rows"), 24, between(20, 28, "px"), this)
    , engineProgram("engine/program", tr("Engine program"), QString(), {}, this)
    , lastConfig("engine/config", tr("Configuration file"), QString(), {}, this)
    , memoryBudget("recording/memory_mb", tr("Memory for traffic"), 320, between(16, 65536, "MB"),
                   this)
    , diskBudget("recording/disk_mb", tr("Disk for traffic"), 2048, between(0, 1 << 20, "MB"), this)
    , recording("recording/level", tr("What is recorded"), "bodies",
                oneOf({"summary", "heads", "bodies"}), this)
    , capturesKept("recording/captures_kept", tr("Captures kept"), 3, between(0, 1000, "captures"),
                   this)
    , maskOnScreen("privacy/mask_on_screen", tr("Presentation mode"), false, {}, this)
{
    adopt({&theme, &scale, &reduceMotion, &rowHeight, &engineProgram, &lastConfig, &memoryBudget,
           &diskBudget, &recording, &capturesKept, &maskOnScreen});
}

Preferences::~Preferences()
{
    // Settings are members with this object as their parent: they go before QObject's children do.
    m_file.sync();
}

void Preferences::adopt(std::initializer_list<SettingBase *> settings)
{
    for (SettingBase *setting : settings) {
        m_all.push_back(setting);
        setting->load(m_file);
        connect(setting, &SettingBase::changed, this, [this, setting] { setting->save(m_file); });
    }
}

bool Preferences::hasUnapplied() const
{
    return std::ranges::any_of(m_all, &SettingBase::isDirty);
}

QStringList Preferences::applyAll()
{
    QStringList problems;
    for (SettingBase *setting : m_all) {
        if (!setting->apply())
            problems << setting->label() + QStringLiteral(": ") + setting->problem();
    }
    return problems;
}

void Preferences::cancelAll()
{
    for (SettingBase *setting : m_all)
        setting->cancel();
}

QVariant Preferences::state(const QString &key) const
{
    return m_file.value(key);
}

void Preferences::setState(const QString &key, const QVariant &value)
{
    m_file.setValue(key, value);
}

void Preferences::removeState(const QString &key)
{
    m_file.remove(key);
}

QStringList Preferences::stateKeys(const QString &group)
{
    m_file.beginGroup(group);
    const QStringList keys = m_file.childKeys();
    m_file.endGroup();
    return keys;
}

} // namespace gatehouse::ui
