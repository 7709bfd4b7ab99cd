package config

import (
	"reflect"
	"strings"
)

// Setting is one row of the table that the tags of Config make.
type Setting struct {
	Name    string // as in the file: cache_url
	Doc     string
	Default string
	kind    kind
	index   int // of the field in Config
}

// Flag is the setting's name on the command line, without the dashes.
func (s Setting) Flag() string { return strings.ReplaceAll(s.Name, "_", "-") }

// Variable is the setting's name in the environment.
func (s Setting) Variable() string { return "RUNG_" + strings.ToUpper(s.Name) }

// Secret reports whether the value may hold a password, and so may come from a file and is shown masked.
func (s Setting) Secret() bool { return s.kind.secret }

// Values says in a few words what the setting takes.
func (s Setting) Values() string { return s.kind.takes }

// Settings gives every setting, in the order of Config.
func Settings() []Setting {
	t := reflect.TypeFor[Config]()
	var all []Setting
	for i := range t.NumField() {
		tag := t.Field(i).Tag
		name, ok := tag.Lookup("name")
		if !ok {
			continue
		}
		all = append(all, Setting{
			Name: name, Doc: tag.Get("doc"), Default: tag.Get("default"), kind: kindOf(tag.Get("kind")), index: i,
		})
	}
	return all
}
