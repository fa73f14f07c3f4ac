// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/settings/redactionsection.h"

#include "ui/settings/preferences.h"
#include "ui/settings/type.h"
#include "ui/widgets/labels.h"

#include <QHBoxLayout>
#include <QJsonArray>
#include <QPlainTextEdit>

namespace gatehouse::ui {

namespace {

constexpr const char *sample = "POST /v1/orders?region=eu&token=4711 HTTP/1.1\n"
                               "Host: api.local\n"
                               "Authorization: Bearer abcdefgh\n"
                               "Cookie: session=12345; theme=dark\n"
                               "Content-Type: application/json\n"
                               "\n"
                               "{\"customer\": 42, \"password\": \"hunter2\"}";

QPlainTextEdit *editor(const QString &name, QWidget *parent)
{
    auto *const made = new QPlainTextEdit(parent);
    made->setAccessibleName(name);
    made->setFont(type::data());
    made->setTabChangesFocus(true);
    made->setLineWrapMode(QPlainTextEdit::NoWrap);
    made->setMinimumHeight(type::px(170));
    return made;
}

} // namespace

RedactionSection::RedactionSection(Preferences &preferences, client::AdminApi &api, QWidget *parent)
    : PreferenceSection(tr("Redaction"),
                        tr("Secrets are masked wherever traffic is shown, logged or exported. They "
                           "are revealed for one purpose only: to send a request again as it was."),
                        parent)
    , m_api(api)
    , m_input(editor(tr("A message to try"), this))
    , m_output(editor(tr("As it would be exported"), this))
    , m_sentence(paragraph({}, "muted", this))
{
    const std::pair<QString, QString> rules[] = {
        {tr("Headers"),
         tr("Authorization and Proxy-Authorization but for their scheme; Cookie and "
            "Set-Cookie but for the names; names with token, secret, api-key, "
            "password, session or signature.")},
        {tr("Queries and forms"),
         tr("Values of access_token, api_key, auth, code, key, password, "
            "secret, sig, signature, token and the like.")},
        {tr("JSON bodies"), tr("Members of such names, in exports.")},
        {tr("Anywhere"), tr("Values that look like a JSON Web Token.")},
    };
    for (const auto &[where, what] : rules) {
        column().addWidget(label(where, "strong", this));
        column().addWidget(paragraph(what, "second", this));
        column().addSpacing(4);
    }
    column().addSpacing(8);
    addSwitch(preferences.maskOnScreen,
              tr("The same on every page while it is on, also in what you type into Composer."));
    column().addWidget(label(tr("Try it"), "strong", this));
    column().addWidget(makePreview());
    column().addWidget(m_sentence);
    column().addStretch();
    m_delay.setSingleShot(true);
    m_delay.setInterval(150);
    connect(&m_delay, &QTimer::timeout, this, &RedactionSection::ask);
    connect(m_input, &QPlainTextEdit::textChanged, this, [this] { m_delay.start(); });
    m_input->setPlainText(QLatin1String(sample));
}

RedactionSection::~RedactionSection() = default;

QWidget *RedactionSection::makePreview()
{
    auto *const box = new QWidget(this);
    m_output->setReadOnly(true);
    auto *const row = new QHBoxLayout(box);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(12);
    for (QPlainTextEdit *const edit : {m_input, m_output}) {
        auto *const column = new QVBoxLayout;
        column->setSpacing(4);
        column->addWidget(label(edit->accessibleName(), "section", box));
        column->addWidget(edit);
        row->addLayout(column);
    }
    return box;
}

void RedactionSection::ask()
{
    const quint64 number = ++m_asked;
    m_api.call(client::Op::Redact, {}, {{"text", m_input->toPlainText()}}, this,
               [this, number](const Result<QJsonObject> &masked) {
                   if (number != m_asked)
                       return;
                   m_output->setPlainText(masked ? (*masked)["text"].toString() : QString());
                   const qsizetype lines = masked ? (*masked)["masked"].toArray().size() : 0;
                   m_sentence->setText(
                       !masked ? tr("The gateway masks, and it does not answer: %1")
                                     .arg(masked.error().message())
                           : lines == 0
                           ? tr("Nothing in it is masked. If it should be, rename the field.")
                           : tr("%1 masked, of lines and bodies, by the code that masks exports.")
                                 .arg(lines));
               });
}

QString RedactionSection::preview() const
{
    return m_output->toPlainText();
}

QString RedactionSection::sentence() const
{
    return m_sentence->text();
}

} // namespace gatehouse::ui
