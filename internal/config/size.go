package config

import (
	"fmt"
	"strconv"
	"strings"
)

// units are what sizes are given in, the largest first.
func units() []string { return []string{"PiB", "TiB", "GiB", "MiB", "KiB", "B"} }

// sizeKind takes a number of bytes, such as 25MiB, between two others.
func sizeKind(least, most string) kind {
	from, _ := parseSize(least)
	to, _ := parseSize(most)
	return kind{takes: fmt.Sprintf("bytes, `%s` to `%s`", least, most), read: func(text string) (any, error) {
		n, ok := parseSize(text)
		if !ok || n < from || n > to {
			return nil, fmt.Errorf("must be a number of bytes such as 25MiB, from %s to %s", least, most)
		}
		return n, nil
	}}
}

// parseSize reads a whole number and one of the units behind it, bytes if there is none.
func parseSize(text string) (int64, bool) {
	scale := int64(1)
	number := text
	for i, u := range units() {
		if rest, ok := strings.CutSuffix(text, u); ok {
			number, scale = strings.TrimSpace(rest), int64(1)<<(10*(len(units())-1-i))
			break
		}
	}
	n, err := strconv.ParseUint(number, 10, 63)
	if err != nil || n > (1<<63-1)/uint64(scale) {
		return 0, false
	}
	return int64(n) * scale, true
}
