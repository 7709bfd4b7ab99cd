package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rung-app/rung/internal/config"
)

// said is what a command line led to.
type said struct {
	code     int
	out, err string
}

// rung runs a command line in an environment of its own, with data in a folder of its own.
func rung(t *testing.T, data, in string, args ...string) said {
	t.Helper()
	var out, errs bytes.Buffer
	code := run(t.Context(), args, terminal{in: strings.NewReader(in), out: &out, err: &errs, env: []string{"RUNG_DATA=" + data}})
	return said{code, out.String(), errs.String()}
}

func (s said) want(t *testing.T, code int, out, err string) {
	t.Helper()
	if s.code != code || !strings.Contains(s.out, out) || !strings.Contains(s.err, err) {
		t.Errorf("got code %d, output %q and error %q; want %d, %q and %q", s.code, s.out, s.err, code, out, err)
	}
}

func TestTheCommandLineIsRefusedWithCode2(t *testing.T) {
	data := t.TempDir()
	rung(t, data, "", "bogus").want(t, misuse, "", "rung: unexpected argument bogus")
	rung(t, data, "", "serve", "--no-such-flag").want(t, misuse, "", "rung: unknown flag --no-such-flag")
	rung(t, data, "", "user", "create", "a@example.com").want(t, misuse, "", "rung: expected \"<name>\"")
	rung(t, data, "", "user").want(t, misuse, "", "rung: ")
}

func TestHelpNamesEverySetting(t *testing.T) {
	help := rung(t, t.TempDir(), "", "serve", "--help")
	help.want(t, done, "Run Rung", "")
	for _, s := range config.Settings() {
		if !strings.Contains(help.out, "--"+s.Flag()+"=") {
			t.Errorf("--%s is missing", s.Flag())
		}
	}
	rung(t, t.TempDir(), "").want(t, done, "Commands:", "")
}

func TestConfigTellsWhereAValueComesFrom(t *testing.T) {
	data := t.TempDir()
	file := filepath.Join(t.TempDir(), "rung.yaml")
	if err := os.WriteFile(file, []byte("signup: open\nlog_level: warn\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	s := rung(t, data, "", "config", "--config", file, "--log-level=debug")
	s.want(t, done, "flag --log-level", "")
	s.want(t, done, "key signup in "+file, "")
	s.want(t, done, "variable RUNG_DATA", "")
}

func TestAConfigurationIsRefusedAsAWhole(t *testing.T) {
	for _, command := range [][]string{{"serve"}, {"check"}, {"config"}, {"user", "list"}} {
		s := rung(t, t.TempDir(), "", append(command, "--signup=maybe", "--cache-url=redis://host")...)
		s.want(t, failed, "", "--signup must be one of invite, open, closed")
		s.want(t, failed, "", "--cache-url names redis, for which this version of Rung has no driver yet")
	}
}

func TestCheckChangesNothing(t *testing.T) {
	data := filepath.Join(t.TempDir(), "not", "yet")
	rung(t, data, "", "check").want(t, done, "db_url sqlite:"+data+"/rung.db: will be made at the first start", "")
	if _, err := os.Stat(data); err == nil {
		t.Error("the data folder was made")
	}
	rung(t, data, "", "user", "list").want(t, done, "EMAIL", "")
	rung(t, data, "", "check").want(t, done, "db_url sqlite:"+data+"/rung.db: ok", "")
	s := rung(t, data, "", "check", "--db-url=sqlite:/dev/null/rung.db")
	s.want(t, failed, "db_url sqlite:/dev/null/rung.db: ", "rung: one thing that the configuration names can't be used")
	s = rung(t, data, "", "check", "--mail-url=smtp://127.0.0.1:1", "--mail-from=r@example.com", "--public-url=http://localhost")
	s.want(t, failed, "mail_url smtp://127.0.0.1:1: the mail server can't be reached", "")
}

func TestADatabaseThatCanNotBeUsedIsToldOfInWordsThatHelp(t *testing.T) {
	write := func(name string, text []byte) string {
		data := t.TempDir()
		if err := os.WriteFile(filepath.Join(data, name), text, 0o600); err != nil {
			t.Fatal(err)
		}
		return data
	}
	whole := t.TempDir()
	rung(t, whole, "", "user", "create", "ada@example.com", "Ada").want(t, done, "password", "")
	torn, err := os.ReadFile(filepath.Join(whole, "rung.db"))
	if err != nil {
		t.Fatal(err)
	}
	clear(torn[3*4096 : 20*4096])
	for name, c := range map[string]struct{ data, says string }{
		"text":      {write("rung.db", []byte(strings.Repeat("not a database ", 100))), "name another path, or put the right file there"},
		"torn":      {write("rung.db", torn), "put a backup in its place"},
		"cut off":   {write("rung.db", torn[:10_000]), "put a backup in its place"},
		"no folder": {filepath.Join(write("file", nil), "file", "data"), "make it for this user, or name another"},
	} {
		t.Run(name, func(t *testing.T) {
			got := rung(t, c.data, "", "check")
			if got.want(t, failed, c.says, "that the configuration name"); name != "torn" { // whoever opens it does not read all
				rung(t, c.data, "", "user", "list").want(t, failed, "", c.says)
			}
		})
	}
	if err := os.Mkdir(filepath.Join(whole, "x"), 0o700); err != nil {
		t.Fatal(err)
	}
	rung(t, whole, "", "user", "list", "--db-url=sqlite:"+filepath.Join(whole, "x")).want(t, failed, "", "let this user read and write it")
}

func TestUserLooksAfterAccounts(t *testing.T) {
	data := t.TempDir()
	rung(t, data, "", "user", "create", "ann@example.com", "Ann", "--admin").want(t, done, "password: ", "")
	rung(t, data, "", "user", "create", "Ann@Example.com", "Ann").want(t, failed, "", "There is an account with this address already.")
	rung(t, data, "correct horse battery\n", "user", "create", "bob@example.com", "Bob", "--password-stdin").want(t, done, "", "")
	rung(t, data, "", "user", "create", "eve@example.com", "Eve", "--password-stdin").want(t, failed, "", "no password came")
	rung(t, data, "", "user", "disable", "bob@example.com").want(t, done, "", "")
	list := rung(t, data, "", "user", "list")
	for _, want := range []string{"ann@example.com", "administrator", "bob@example.com", "disabled"} {
		list.want(t, done, want, "")
	}
	rung(t, data, "", "user", "disable", "--undo", "bob@example.com").want(t, done, "", "")
	rung(t, data, "", "user", "promote", "bob@example.com").want(t, done, "", "")
	rung(t, data, "", "user", "promote", "--undo", "ann@example.com").want(t, done, "", "")
	if list := rung(t, data, "", "user", "list"); strings.Count(list.out, "administrator") != 1 || strings.Contains(list.out, "disabled") {
		t.Errorf("nothing was undone: %s", list.out)
	}
	rung(t, data, "", "user", "reset-password", "bob@example.com").want(t, done, "password: ", "")
	rung(t, data, "short\n", "user", "reset-password", "bob@example.com", "--password-stdin").want(t, failed, "", "rung: password must ")
	for _, command := range []string{"reset-password", "promote", "disable"} {
		rung(t, data, "", "user", command, "nobody@example.com").want(t, failed, "", "There is no account with this address.")
	}
}

func TestTheRestNeedsNoConfiguration(t *testing.T) {
	rung(t, t.TempDir(), "", "version").want(t, done, "rung "+version, "")
	rung(t, t.TempDir(), "", "licenses").want(t, done, "Apache License", "")
	rung(t, t.TempDir(), "", "licenses").want(t, done, "react-dom", "")
}
