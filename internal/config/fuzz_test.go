package config_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rung-app/rung/internal/config"
)

// FuzzConfig: whatever a file, a variable or a flag says, the answer is a configuration or sentences that hold no value.
func FuzzConfig(f *testing.F) {
	f.Add([]byte("addr: 127.0.0.1:8080\ncors_origins: [https://a.test]\n"), "RUNG_SIGNUP=open", "addr", ":0")
	f.Add([]byte("? {a: b}\n: c"), "RUNG_ADDR", "", "")
	f.Add([]byte("a: &a [*a]"), "RUNG_PORT=tcp://1.2.3.4:80", "trusted_proxies", "::/129")
	f.Add([]byte("addr: !!binary AA==\naddr: 2"), "PORT=99999999999", "public_url", "https://user:pw@host/%zz")
	f.Add([]byte("addr: "+strings.Repeat("[", 2000)), "RUNG_MAIL_URL=smtp://s3cret-value@", "mail_url", "\x00")
	path := filepath.Join(f.TempDir(), "rung.yaml")
	f.Fuzz(func(t *testing.T, file []byte, env, flag, value string) {
		if strings.Contains(env, "_FILE") { // reads other files, as it should
			return
		}
		if err := os.WriteFile(path, file, 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := config.Load(config.Sources{Flags: map[string]string{flag: value}, Env: []string{env, "RUNG_MAIL_URL=smtp://s3cret-value@\x01"}, File: path})
		if err == nil {
			return
		}
		var problems config.Problems
		if !errors.As(err, &problems) || len(problems) == 0 {
			t.Errorf("no problems: %v", err)
		}
		if strings.Contains(err.Error(), "s3cret-value") && !strings.Contains(string(file)+env+flag, "s3cret-value") {
			t.Errorf("a value is repeated: %v", err)
		}
	})
}
