package config_test

import (
	"os"
	"strings"
	"testing"

	"github.com/rung-app/rung/internal/config"
)

func TestASecretComesFromAFile(t *testing.T) {
	path := write(t, "smtps://rung:hunter2@mail.example.com\n")
	env := []string{"RUNG_MAIL_URL_FILE=" + path, "RUNG_MAIL_FROM=r@example.com", "RUNG_PUBLIC_URL=https://rung.example.com", "RUNG_TOKEN_FILE=/of/the/client"}
	c := load(t, config.Sources{Env: env})
	if c.MailURL != "smtps://rung:hunter2@mail.example.com" {
		t.Errorf("got %q", c.MailURL)
	}
	if o := value(t, c, "mail_url").Origin; o != "file RUNG_MAIL_URL_FILE" {
		t.Errorf("it comes from %q", o)
	}
	for what, env := range map[string][]string{
		"both":      append(env, "RUNG_MAIL_URL=log:"),
		"absent":    {"RUNG_MAIL_URL_FILE=" + path + ".not"},
		"two lines": {"RUNG_MAIL_URL_FILE=" + write(t, "log:\nlog:\n")},
	} {
		if p := problems(t, config.Sources{Env: env}); !strings.Contains(p[0], "RUNG_MAIL_URL_FILE") {
			t.Errorf("%s: got %q", what, p)
		}
	}
}

func TestNoSecretIsShown(t *testing.T) {
	c := load(t, config.Sources{Env: []string{
		"RUNG_MAIL_URL=smtp://rung:hunter2@mail.example.com:587", "RUNG_MAIL_FROM=r@example.com", "RUNG_PUBLIC_URL=https://rung.example.com",
	}})
	var shown strings.Builder
	if err := c.Show(&shown); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(shown.String(), "hunter2") || !strings.Contains(shown.String(), "smtp://rung:***@mail.example.com:587") {
		t.Errorf("shown: %s", shown.String())
	}
	for in, want := range map[string]string{
		"s3://bucket?region=eu&secret_key=hunter2": "s3://bucket?region=eu&secret_key=***",
		"hunter2":                  "***",
		"redis://:hunter%zz2@host": "***",
		"sqlite:./data/rung.db":    "sqlite:./data/rung.db",
		"log:":                     "log:",
	} {
		if got := config.MaskURL(in); got != want {
			t.Errorf("%s is shown as %s, want %s", in, got, want)
		}
	}
}

func TestNoRefusalRepeatsASecret(t *testing.T) {
	file := write(t, "mail_url: *hunter2\n")
	for _, src := range []config.Sources{
		{File: file},
		{File: write(t, "mail_url: \"hunter2\n")},
		{File: write(t, "mail_url: {a: hunter2}\n")},
		{Env: []string{"RUNG_DB_URL=hunter2"}},
		{Env: []string{"RUNG_DB_URL=hunter2:x"}},
		{Env: []string{"RUNG_MAIL_URL=smtp://u:hunter2%@h"}},
		{Flags: map[string]string{"cache_url": "redis://:hunter2@h"}},
	} {
		if p := problems(t, src); strings.Contains(strings.Join(p, "\n"), "hunter2") {
			t.Errorf("%q repeats it", p)
		}
	}
}

func TestAFileThatCanNotBeReadIsRefused(t *testing.T) {
	for what, path := range map[string]string{
		"absent": write(t, "") + ".not", "a folder": t.TempDir(), "no mapping": write(t, "- a\n"), "twice": write(t, "addr: :1\naddr: :2\n"),
		"not YAML": write(t, "a: b: c\n"), "no list of values": write(t, "cors_origins:\n - [a]\n"),
	} {
		if p := problems(t, config.Sources{File: path}); !strings.Contains(p[0], path) {
			t.Errorf("%s: %q does not name the file", what, p)
		}
	}
	load(t, config.Sources{File: write(t, "# nothing\n")})
}

func TestTheDocumentIsFresh(t *testing.T) {
	have, err := os.ReadFile("../../docs/configuration.md")
	if err != nil {
		t.Fatal(err)
	}
	if string(have) != config.Document() {
		t.Error("docs/configuration.md is stale; run make generate")
	}
}
