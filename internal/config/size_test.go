package config_test

import (
	"strings"
	"testing"

	"github.com/rung-app/rung/internal/config"
)

func TestSizes(t *testing.T) {
	c := load(t, config.Sources{})
	if c.MaxFile != 25<<20 || c.MaxStorage != 10<<30 {
		t.Errorf("by default %d and %d", c.MaxFile, c.MaxStorage)
	}
	for text, want := range map[string]int64{
		"1KiB": 1 << 10, "2048": 2048, "3000B": 3000, "100MiB": 100 << 20, "100 MiB": 100 << 20, "4GiB": 4 << 30,
	} {
		if c := load(t, config.Sources{Env: []string{"RUNG_MAX_FILE=" + text}}); c.MaxFile != want {
			t.Errorf("%s is %d, want %d", text, c.MaxFile, want)
		}
	}
	for _, text := range []string{"1", "1023", "5GiB", "-1MiB", "1.5MiB", "MiB", "25MB", "25mib", "9223372036854775807PiB", "0x10MiB", "+5MiB", "unlimited"} {
		if p := problems(t, config.Sources{Env: []string{"RUNG_MAX_FILE=" + text}}); len(p) != 1 || !strings.HasPrefix(p[0], "RUNG_MAX_FILE must be a number of bytes") {
			t.Errorf("%s: %q", text, p)
		}
	}
	if c := load(t, config.Sources{Env: []string{"RUNG_MAX_STORAGE=0"}}); c.MaxStorage != 0 {
		t.Errorf("no room is %d", c.MaxStorage)
	}
}
