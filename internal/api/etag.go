package api

import (
	"strconv"
	"strings"

	"github.com/cespare/xxhash/v2"
)

// etagOf gives the entity tag of an answer's bytes. It is weak, since compression on the way may change them. The hash
// (XXH64) tells versions of one page apart; it keeps nothing secret and proves nothing.
func etagOf(body []byte) string {
	return `W/"` + strconv.FormatUint(xxhash.Sum64(body), 36) + "-" + strconv.FormatInt(int64(len(body)), 36) + `"`
}

// matchesAny compares a tag with those of If-None-Match, weakly, as RFC 9110 wants it there.
func matchesAny(header, tag string) bool {
	if header == "" {
		return false
	}
	if header == "*" {
		return true
	}
	tag = strings.TrimPrefix(tag, "W/")
	for header != "" {
		var one string
		one, header, _ = strings.Cut(header, ",")
		if strings.TrimPrefix(strings.TrimSpace(one), "W/") == tag {
			return true
		}
	}
	return false
}
