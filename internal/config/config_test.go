package config_test

import (
	"errors"
	"net/netip"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rung-app/rung/internal/config"
)

func write(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "rung.yaml")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func load(t *testing.T, src config.Sources) *config.Config {
	t.Helper()
	c, err := config.Load(src)
	if err != nil {
		t.Fatalf("refused: %v", err)
	}
	return c
}

func problems(t *testing.T, src config.Sources) []string {
	t.Helper()
	_, err := config.Load(src)
	p, ok := errors.AsType[config.Problems](err)
	if !ok {
		t.Fatalf("got %v, want problems", err)
	}
	return p
}

func value(t *testing.T, c *config.Config, name string) config.Value {
	t.Helper()
	for _, v := range c.Values() {
		if v.Setting.Name == name {
			return v
		}
	}
	t.Fatalf("no value for %s", name)
	return config.Value{}
}

func TestWithoutAnythingEverythingHasItsDefault(t *testing.T) {
	c := load(t, config.Sources{})
	got := []string{c.Addr, c.AdminAddr, c.Data, c.DBURL, c.TasksDBURL, c.FilesURL, c.CacheURL, c.Signup, strings.Join(c.Roles, ",")}
	want := []string{
		"127.0.0.1:8080", "127.0.0.1:9180", "./data", "sqlite:./data/rung.db", "sqlite:./data/rung.db", "file:./data/files",
		"memory:", "invite", "gateway,auth,users,tasks,worker",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

func TestAFlagBeatsAVariableBeatsTheFileBeatsTheDefault(t *testing.T) {
	file := write(t, "addr: 127.0.0.1:1\nsignup: open\nlog_level: warn\n")
	c := load(t, config.Sources{
		File:  file,
		Env:   []string{"RUNG_ADDR=127.0.0.1:2", "RUNG_SIGNUP=closed", "HOME=/x"},
		Flags: map[string]string{"addr": "127.0.0.1:3"},
	})
	for name, want := range map[string][2]string{
		"addr":       {"127.0.0.1:3", "flag --addr"},
		"signup":     {"closed", "variable RUNG_SIGNUP"},
		"log_level":  {"warn", "key log_level in " + file},
		"admin_addr": {"127.0.0.1:9180", "default"},
	} {
		v := value(t, c, name)
		if d := cmp.Diff(want, [2]string{v.Text, string(v.Origin)}); d != "" {
			t.Errorf("%s: %s", name, d)
		}
	}
	if c.Addr != "127.0.0.1:3" || c.Signup != "closed" {
		t.Errorf("the fields say %s and %s", c.Addr, c.Signup)
	}
}

func TestDomainsShareADatabaseUnlessTold(t *testing.T) {
	c := load(t, config.Sources{Env: []string{"RUNG_DATA=/srv/", "RUNG_USERS_DB_URL=sqlite:/other/u.db"}})
	got := []string{c.AuthDBURL, c.UsersDBURL, c.TasksDBURL}
	want := []string{"sqlite:/srv/rung.db", "sqlite:/other/u.db", "sqlite:/srv/rung.db"}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	if o := value(t, c, "auth_db_url").Origin; o != "as db_url" {
		t.Errorf("auth_db_url comes from %q", o)
	}
}

func TestListsAndNetworksAreRead(t *testing.T) {
	c := load(t, config.Sources{
		File: write(t, "trusted_proxies:\n  - 10.1.2.3/8\n  - 2001:db8::1\ncors_origins: [https://a.example, https://b.example]\n"),
	})
	want := []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("2001:db8::1/128")}
	if !slices.Equal(c.TrustedProxies, want) || len(c.CORSOrigins) != 2 {
		t.Errorf("got %v and %v", c.TrustedProxies, c.CORSOrigins)
	}
}

func TestPortListensOnAllInterfacesUnlessAnAddressIsGiven(t *testing.T) {
	if c := load(t, config.Sources{Env: []string{"PORT=3000"}}); c.Addr != ":3000" {
		t.Errorf("PORT alone gives %s", c.Addr)
	}
	if c := load(t, config.Sources{Env: []string{"PORT=3000", "RUNG_ADDR=127.0.0.1:4000"}}); c.Addr != "127.0.0.1:4000" {
		t.Errorf("with RUNG_ADDR it gives %s", c.Addr)
	}
	if p := problems(t, config.Sources{Env: []string{"PORT=http"}}); !strings.HasPrefix(p[0], "PORT must be") {
		t.Errorf("got %q", p)
	}
}

func TestWhatKubernetesInjectsIsIgnored(t *testing.T) {
	load(t, config.Sources{Env: []string{
		"RUNG_SERVICE_HOST=10.0.0.1", "RUNG_SERVICE_PORT=80", "RUNG_SERVICE_PORT_HTTP=80", "RUNG_PORT=tcp://10.0.0.1:80",
		"RUNG_PORT_80_TCP=tcp://10.0.0.1:80", "RUNG_PORT_80_TCP_PROTO=tcp", "RUNG_PORT_80_TCP_PORT=80", "RUNG_PORT_80_TCP_ADDR=10.0.0.1",
		"RUNG_WEB_SERVICE_HOST=10.0.0.2", "RUNG_WEB_PORT=tcp://10.0.0.2:80", "RUNG_WEB_PORT_80_TCP_ADDR=10.0.0.2",
	}})
	p := problems(t, config.Sources{Env: []string{"RUNG_PORT=8080", "RUNG_PORTAL=x"}})
	if len(p) != 2 || !strings.Contains(p[0], "set RUNG_ADDR or PORT") {
		t.Errorf("got %q", p)
	}
}

func TestEverythingWrongIsNamedAtOnce(t *testing.T) {
	file := write(t, "colour: blue\nsignup: maybe\n")
	got := problems(t, config.Sources{
		File:  file,
		Env:   []string{"RUNG_CASHE_URL=memory:", "RUNG_LOG_LEVEL=loud", "RUNG_DATA_FILE=/x"},
		Flags: map[string]string{"max_members": "0"},
	})
	want := []string{
		"line 1 of " + file + ": colour is no setting of this version",
		"RUNG_CASHE_URL is no setting of this version; did you mean RUNG_CACHE_URL?",
		"RUNG_DATA_FILE is no setting: only a secret may come from a file, and RUNG_DATA holds none",
		"signup in " + file + " must be one of invite, open, closed",
		"--max-members must be a whole number from 1 to 1000000",
		"RUNG_LOG_LEVEL must be one of debug, info, warn, error",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

func TestAValueIsRefusedByItsName(t *testing.T) {
	for variable, bad := range map[string][]string{
		"RUNG_ADDR":                {"8080", "localhost", "http://localhost:80", "x:99999", "off"},
		"RUNG_PUBLIC_URL":          {"rung.example.com", "ftp://x", "https://u:p@x", "https://x?a=b"},
		"RUNG_DB_URL":              {"postgres://u:p@h/d", "mongodb://h", "mongodb+srv://h", "rung.db", "sqlite:", "sqlite://x", "sqlite:a?mode=memory"},
		"RUNG_TASKS_DB_URL":        {"mongodb://h"},
		"RUNG_CACHE_URL":           {"redis://h", "rediss://h", "memory:x", "memory"},
		"RUNG_JOBS_URL":            {"amqp://h"},
		"RUNG_EVENTS_URL":          {"kafka://h", "redis://h"},
		"RUNG_SEARCH_URL":          {"elasticsearch://h"},
		"RUNG_FILES_URL":           {"s3://bucket", "file:"},
		"RUNG_MAIL_URL":            {"smtp:", "smtp://", "smtp://u:p%@h", "imap://h", "smtp://h/path"},
		"RUNG_MAIL_FROM":           {"nobody"},
		"RUNG_ROLES":               {"gateway,auth", "gateway,cook"},
		"RUNG_TRUSTED_PROXIES":     {"proxy.example.com", "10.0.0.0/40"},
		"RUNG_CORS_ORIGINS":        {"*", "https://x/path", "x.example"},
		"RUNG_REQUESTS_PER_SECOND": {"-1", "many"},
	} {
		for _, text := range bad {
			for _, p := range problems(t, config.Sources{Env: []string{variable + "=" + text}}) {
				if !strings.HasPrefix(p, variable+" ") {
					t.Errorf("%s=%s: %q does not begin with its name", variable, text, p)
				}
			}
		}
	}
}

func TestAnEngineWithoutADriverIsNamed(t *testing.T) {
	p := problems(t, config.Sources{Env: []string{"RUNG_DB_URL=postgres://rung:hunter2@db/rung"}})
	want := "RUNG_DB_URL names postgres, for which this version of Rung has no driver yet; it takes sqlite:PATH"
	if p[0] != want {
		t.Errorf("got %q", p[0])
	}
}

func TestMailNeedsASenderAndAnAddress(t *testing.T) {
	p := problems(t, config.Sources{Env: []string{"RUNG_MAIL_URL=smtp://mail.example.com"}})
	if len(p) != 2 || !strings.Contains(p[0], "RUNG_MAIL_FROM") || !strings.Contains(p[1], "RUNG_PUBLIC_URL") {
		t.Errorf("got %q", p)
	}
	p = problems(t, config.Sources{Env: []string{"RUNG_MAIL_URL=smtp://mail.example.com", "RUNG_PUBLIC_URL=x", "RUNG_SIGNUP=x"}})
	if len(p) != 3 || !strings.HasPrefix(p[0], "RUNG_PUBLIC_URL must be an address") || !strings.Contains(p[2], "RUNG_MAIL_FROM") {
		t.Errorf("beside other problems, got %q", p)
	}
}
