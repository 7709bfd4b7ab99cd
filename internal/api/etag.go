package api

import (
	"crypto/sha256"
	"encoding/base64"
	"strings"
)

// etagOf gives the entity tag of an answer's bytes. It is weak, since compression on the way may change them.
func etagOf(body []byte) string {
	sum := sha256.Sum256(body)
	return `W/"` + base64.RawURLEncoding.EncodeToString(sum[:12]) + `"`
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
