package load

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/width"
)

// unknown stands where a figure is not known.
const unknown = "–"

// Grouped writes 1234567 as 1,234,567.
func Grouped[N int | int64](n N) string {
	s := strconv.FormatInt(int64(n), 10)
	digits := strings.TrimPrefix(s, "-")
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	if n < 0 {
		return "-" + digits
	}
	return digits
}

// figure writes v with three digits, more if it has more before the point.
func figure(v float64) string {
	switch {
	case math.IsNaN(v) || math.IsInf(v, 0) || v < 0:
		return unknown
	case v == 0:
		return "0"
	case v >= 99.95:
		return Grouped(int64(math.Round(v)))
	case v >= 9.995:
		return strconv.FormatFloat(v, 'f', 1, 64)
	}
	return strconv.FormatFloat(v, 'f', 2, 64)
}

// short is figure without zeros at its end.
func short(v float64) string {
	s := figure(v)
	if strings.Contains(s, ".") {
		s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	}
	return s
}

// millis writes milliseconds for a sentence: 0.42 ms, 18.4 ms, 1.2 s.
func millis(v float64) string {
	switch s := short(v); {
	case s == unknown:
		return s
	case v >= 999.5:
		return short(v/1e3) + " s"
	default:
		return s + " ms"
	}
}

const (
	mebibyte = 1 << 20
	gibibyte = 1 << 30
)

// size writes bytes for a sentence.
func size(bytes float64) string {
	switch s := short(bytes / mebibyte); {
	case s == unknown:
		return s
	case bytes >= gibibyte:
		return short(bytes/gibibyte) + " GiB"
	default:
		return s + " MiB"
	}
}

// percent writes a part of the whole; what is more than nothing is not called 0.
func percent(part float64) string {
	p := part * 100
	switch {
	case p > 0 && p < 0.01:
		return "less than 0.01 %"
	case p < 1 || p > 90 && p < 100: // rounded down: what is nearly all is not called all
		return strconv.FormatFloat(math.Floor(p*100+1e-6)/100, 'f', -1, 64) + " %"
	}
	return strconv.FormatFloat(p, 'f', 0, 64) + " %"
}

// clock writes seconds as 1:23, or 1:02:03.
func clock(seconds float64) string {
	s := int(math.Round(max(seconds, 0)))
	if s >= 3600 {
		return fmt.Sprintf("%d:%02d:%02d", s/3600, s/60%60, s%60)
	}
	return fmt.Sprintf("%d:%02d", s/60, s%60)
}

// many is a number with its noun: "1 stream", "2,000 streams".
func many(n int64, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return Grouped(n) + " " + noun + "s"
}

func people(n int) string {
	if n == 1 {
		return "1 person"
	}
	return Grouped(n) + " people"
}

func moment(t time.Time) string { return t.UTC().Format("2 Jan 2006 15:04 MST") }

// plain makes one line of text that a terminal takes for text alone.
func plain(text string) string {
	return strings.Join(strings.Fields(strings.Map(func(r rune) rune {
		switch {
		case r == '\n', r == '\r', r == '\t':
			return ' '
		case r == utf8.RuneError || !unicode.IsPrint(r):
			return '?'
		}
		return r
	}, text)), " ")
}

// columns is how much room text takes on a terminal, or a little less.
func columns(text string) int {
	n := 0
	for _, r := range text {
		n += runeColumns(r)
	}
	return n
}

func runeColumns(r rune) int {
	switch width.LookupRune(r).Kind() {
	case width.EastAsianWide, width.EastAsianFullwidth:
		return 2
	}
	return 1
}

// cut shortens text to so many columns.
func cut(text string, limit int) string {
	if columns(text) <= limit {
		return text
	}
	n := 0
	for i, r := range text {
		if n += runeColumns(r); n > limit-1 {
			return text[:i] + "…"
		}
	}
	return text
}

// wrap breaks text into lines of at most so many columns, inside a word only if that has no room on a line.
func wrap(text string, limit int) []string {
	var lines []string
	now := ""
	for _, word := range strings.Fields(text) {
		if now != "" && columns(now)+1+columns(word) <= limit {
			now += " " + word
			continue
		}
		if now != "" {
			lines = append(lines, now)
		}
		for now = word; columns(now) > limit; {
			n, at := 0, 0
			for i, r := range now {
				if n += runeColumns(r); n > limit && i > 0 {
					break
				}
				at = i + utf8.RuneLen(r)
			}
			lines, now = append(lines, now[:at]), now[at:]
		}
	}
	if now != "" {
		lines = append(lines, now)
	}
	return lines
}
