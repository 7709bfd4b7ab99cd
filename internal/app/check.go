package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/rung-app/rung/internal/config"
	"github.com/rung-app/rung/internal/driver/sqldb"
)

// checkPatience is how long a check waits for a server to answer.
const checkPatience = 5 * time.Second

// Check opens every engine that the configuration names, writes a line for each, and changes nothing. The error says
// how many did not answer.
func Check(ctx context.Context, c *config.Config, version string, w io.Writer) error {
	fmt.Fprintln(w, "configuration: ok")
	failed := 0
	var seen []string
	for _, v := range c.Values() {
		check := checkOf(v.Setting.Name)
		if check == nil || slices.Contains(seen, v.Text) {
			continue
		}
		seen = append(seen, v.Text)
		said, err := check(ctx, v.Text, version)
		if err != nil {
			failed++
			said = err.Error()
		}
		fmt.Fprintf(w, "%s %s: %s\n", v.Setting.Name, v.Masked(), said)
	}
	if err := checkForgotten(ctx, c); err != nil {
		failed++
		fmt.Fprintf(w, "data %s: %v\n", c.Data, err)
	}
	switch failed {
	case 0:
		return nil
	case 1:
		return errors.New("one thing that the configuration names can't be used; see its line")
	default:
		return fmt.Errorf("%d things that the configuration names can't be used; see their lines", failed)
	}
}

// checkOf gives how to check what a setting names, nil if it names nothing outside of the process.
func checkOf(setting string) func(ctx context.Context, url, version string) (string, error) {
	switch setting {
	case "db_url", "auth_db_url", "users_db_url", "tasks_db_url":
		return checkDatabase
	case "files_url":
		return checkFiles
	case "mail_url":
		return checkMail
	default:
		return nil
	}
}

// checkDatabase opens a database that exists and reads all of it; of one that does not, it finds out whether it could be made.
func checkDatabase(ctx context.Context, text, version string) (string, error) {
	path := strings.TrimPrefix(text, "sqlite:")
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return "will be made at the first start", checkFolder(filepath.Dir(path))
	}
	db, err := sqldb.Open(ctx, path)
	if errors.Is(err, sqldb.ErrInUse) { // by the server, most likely, which is to be told later what was checked now
		return "in use by another process, and so not opened", nil
	}
	if err != nil {
		return "", err
	}
	defer db.Close()
	for _, domain := range []string{"auth", "users", "tasks"} {
		if err := db.CheckVersion(ctx, domain, version); err != nil {
			return "", err
		}
	}
	return "ok", db.Verify(ctx)
}

// checkFolder reports whether files can be made in a folder or, where it is still to be made, in the one above.
func checkFolder(dir string) error {
	for {
		_, err := os.Stat(dir)
		if !errors.Is(err, fs.ErrNotExist) || dir == filepath.Dir(dir) {
			break
		}
		dir = filepath.Dir(dir)
	}
	f, err := os.CreateTemp(dir, ".rung-check-*")
	if err != nil {
		return fmt.Errorf("nothing can be written to the folder %s", dir)
	}
	f.Close()
	return os.Remove(f.Name())
}

// checkFiles finds out whether files could be kept.
func checkFiles(_ context.Context, text, _ string) (string, error) {
	return "ok", checkFolder(strings.TrimPrefix(text, "file:"))
}

// checkMail reaches out to a mail server without sending anything.
func checkMail(ctx context.Context, text, _ string) (string, error) {
	u, err := url.Parse(text)
	if err != nil || u.Scheme == "log" {
		return "ok", nil
	}
	port := u.Port()
	if port == "" {
		port = map[string]string{"smtp": "587", "smtps": "465"}[u.Scheme]
	}
	d := net.Dialer{Timeout: checkPatience}
	conn, err := d.DialContext(ctx, "tcp", net.JoinHostPort(u.Hostname(), port))
	if err != nil {
		return "", fmt.Errorf("the mail server can't be reached at port %s", port)
	}
	conn.Close()
	return "ok", nil
}
