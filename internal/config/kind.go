package config

import (
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/mail"
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// kind is how the text of a setting is read. read gives a value of the field's type, or an error that completes the
// sentence "cache_url ..." and never repeats the text, which may be a secret.
type kind struct {
	takes  string
	secret bool
	read   func(text string) (any, error)
}

// kindOf gives the kind that a tag names; words after the first are its arguments.
func kindOf(tag string) kind {
	word, rest, _ := strings.Cut(tag, " ")
	args := strings.Fields(rest)
	switch word {
	case "listen":
		if slices.Contains(args, "off") {
			return kind{takes: "`HOST:PORT`, `:PORT` or `off`", read: readListenOrOff}
		}
		return kind{takes: "`HOST:PORT` or `:PORT`", read: readListen}
	case "public":
		return kind{takes: "`http://` or `https://`", read: readPublic}
	case "path":
		return kind{takes: "a path", read: readText}
	case "address":
		return kind{takes: "a mail address", read: readAddress}
	case "roles":
		return kind{takes: "`all`", read: readRoles}
	case "networks":
		return kind{takes: "addresses and networks", read: readNetworks}
	case "origins":
		return kind{takes: "origins", read: readOrigins}
	case "level":
		return kind{takes: "`debug`, `info`, `warn` or `error`", read: readLevel}
	case "oneof":
		return kind{takes: "`" + strings.Join(args, "`, `") + "`", read: func(text string) (any, error) {
			if !slices.Contains(args, text) {
				return nil, fmt.Errorf("must be one of %s", strings.Join(args, ", "))
			}
			return text, nil
		}}
	case "whole":
		least, _ := strconv.Atoi(args[0])
		most, _ := strconv.Atoi(args[1])
		return kind{takes: fmt.Sprintf("%d to %d", least, most), read: func(text string) (any, error) {
			n, err := strconv.Atoi(text)
			if err != nil || n < least || n > most {
				return nil, fmt.Errorf("must be a whole number from %d to %d", least, most)
			}
			return n, nil
		}}
	case "size":
		return sizeKind(args[0], args[1])
	default:
		p := portOf(word)
		return kind{takes: p.takes(), secret: true, read: p.read}
	}
}

func readText(text string) (any, error) {
	if strings.ContainsAny(text, "\x00\n\r") {
		return nil, errors.New("must be one line")
	}
	return text, nil
}

func readListenOrOff(text string) (any, error) {
	if text == "off" {
		return "", nil
	}
	return readListen(text)
}

func readListen(text string) (any, error) {
	host, port, err := net.SplitHostPort(text)
	if err != nil {
		return nil, errors.New("must be HOST:PORT, such as 127.0.0.1:8080, or :PORT for all interfaces")
	}
	if n, err := strconv.Atoi(port); err != nil || n < 0 || n > 65535 {
		return nil, errors.New("must end with a port from 0 to 65535")
	}
	if strings.ContainsAny(host, " /") {
		return nil, errors.New("must begin with a host name or an address, without a scheme")
	}
	return text, nil
}

func readPublic(text string) (any, error) {
	u, err := url.Parse(text)
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" {
		return nil, errors.New("must be an address that begins with http:// or https://")
	}
	if u.User != nil || u.RawQuery != "" || u.Fragment != "" {
		return nil, errors.New("must hold only scheme, host and path")
	}
	return strings.TrimRight(u.String(), "/"), nil
}

func readAddress(text string) (any, error) {
	if _, err := mail.ParseAddress(text); err != nil {
		return nil, errors.New("must be a mail address, such as Rung <rung@example.com>")
	}
	return text, nil
}

func readNetworks(text string) (any, error) {
	var all []netip.Prefix
	for _, s := range list(text) {
		if a, err := netip.ParseAddr(s); err == nil && a.Zone() == "" {
			all = append(all, netip.PrefixFrom(a, a.BitLen()))
			continue
		}
		p, err := netip.ParsePrefix(s)
		if err != nil {
			return nil, errors.New("must be addresses and networks, such as 10.0.0.0/8,192.0.2.7")
		}
		all = append(all, p.Masked())
	}
	return all, nil
}

func readOrigins(text string) (any, error) {
	var all []string
	for _, s := range list(text) {
		u, err := url.Parse(s)
		if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" || u.Scheme+"://"+u.Host != s {
			return nil, errors.New("must be origins, such as https://app.example.com, without a path")
		}
		all = append(all, s)
	}
	return all, nil
}

func readLevel(text string) (any, error) {
	levels := map[string]slog.Level{"debug": slog.LevelDebug, "info": slog.LevelInfo, "warn": slog.LevelWarn, "error": slog.LevelError}
	l, ok := levels[text]
	if !ok {
		return nil, errors.New("must be one of debug, info, warn, error")
	}
	return l, nil
}

// Roles are the parts of Rung that can run on their own once what they share can be shared between processes.
func Roles() []string { return []string{"gateway", "auth", "users", "tasks", "worker"} }

// readRoles takes every role or none of them by name: with a database in a file and a cache in the process, which is
// all that there is yet, roles in several processes would not see each other's changes.
func readRoles(text string) (any, error) {
	all := Roles()
	named := list(text)
	if slices.Equal(named, []string{"all"}) {
		return all, nil
	}
	for _, r := range named {
		if !slices.Contains(all, r) {
			return nil, fmt.Errorf("must be all, or a list of %s", strings.Join(all, ", "))
		}
	}
	for _, r := range all {
		if !slices.Contains(named, r) {
			return nil, fmt.Errorf("leaves out %s, but roles can be split only when the database, the cache and the jobs are outside of the process, for which this version has no driver; use all", r)
		}
	}
	return all, nil
}

// list splits at commas and drops what is empty.
func list(text string) []string {
	var all []string
	for s := range strings.SplitSeq(text, ",") {
		if s = strings.TrimSpace(s); s != "" {
			all = append(all, s)
		}
	}
	return all
}
