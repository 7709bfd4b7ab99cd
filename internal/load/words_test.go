package load

import (
	"math"
	"slices"
	"testing"
)

func TestWords(t *testing.T) {
	for got, want := range map[string]string{
		Grouped(0): "0", Grouped(-1234): "-1,234", Grouped(999): "999", Grouped(1_234_567): "1,234,567",
		figure(2.1): "2.10", figure(18.44): "18.4", figure(9.996): "10.0", figure(99.96): "100", figure(1234.4): "1,234",
		figure(-1): unknown, figure(math.NaN()): unknown, figure(math.Inf(1)): unknown,
		millis(0.42): "0.42 ms", millis(100): "100 ms", millis(999.6): "1 s", millis(1250): "1.25 s", millis(-1): unknown,
		size(640 << 20): "640 MiB", size(3 << 29): "1.5 GiB", size(-1): unknown,
		percent(0.00001): "less than 0.01 %", percent(0.9999): "99.99 %", percent(0.97): "97 %", percent(1): "100 %", percent(0): "0 %",
		clock(83): "1:23", clock(3723): "1:02:03", clock(-1): "0:00",
		many(1, "stream"): "1 stream", many(2000, "stream"): "2,000 streams",
		plain("a\x1b[31mb\r\nc\u202ed\xff"): "a?[31mb c?d?",
		cut("日本語", 5):                       "日本…", cut("日本語", 6): "日本語", cut("abcdef", 4): "abc…",
	} {
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestWrap(t *testing.T) {
	for _, c := range []struct {
		text  string
		limit int
		want  []string
	}{
		{"", 5, nil},
		{"one two three", 7, []string{"one two", "three"}},
		{"abcdefgh i", 3, []string{"abc", "def", "gh", "i"}},
		{"日本語", 3, []string{"日", "本", "語"}},
		{"日", 1, []string{"日"}},
	} {
		if got := wrap(c.text, c.limit); !slices.Equal(got, c.want) {
			t.Errorf("%q in %d: got %q, want %q", c.text, c.limit, got, c.want)
		}
	}
}
