package main

import (
	"cmp"
	"fmt"
	"reflect"
	"strings"

	"github.com/alecthomas/kong"

	"github.com/rung-app/rung/internal/config"
)

// settings are the flags of the commands that need the configuration: one for every setting that config knows.
type settings struct {
	File  string       `name:"config" placeholder:"FILE" help:"A YAML file with settings (also RUNG_CONFIG)."`
	Flags kong.Plugins `embed:"" group:"Settings"`
}

// newSettings makes a flag of each setting. A flag that is not given stays nil, so config can tell it from an empty one.
func newSettings() settings {
	var fields []reflect.StructField
	for i, s := range config.Settings() {
		help := strings.TrimSuffix(s.Doc, ".")
		if s.Default != "" {
			help += fmt.Sprintf(" (default %s)", strings.TrimPrefix(s.Default, "="))
		}
		fields = append(fields, reflect.StructField{
			Name: fmt.Sprintf("Setting%d", i),
			Type: reflect.TypeFor[*string](),
			Tag:  reflect.StructTag(fmt.Sprintf("name:%q help:%q placeholder:%q group:%q", s.Flag(), help, "...", "Settings")),
		})
	}
	return settings{Flags: kong.Plugins{reflect.New(reflect.StructOf(fields)).Interface()}}
}

// load puts the configuration together from the flags, the environment and the file.
func (s settings) load(env []string) (*config.Config, error) {
	given := map[string]string{}
	flags := reflect.ValueOf(s.Flags[0]).Elem()
	for i, setting := range config.Settings() {
		if text, _ := flags.Field(i).Interface().(*string); text != nil {
			given[setting.Name] = *text
		}
	}
	return config.Load(config.Sources{Flags: given, Env: env, File: cmp.Or(s.File, lookup(env, "RUNG_CONFIG"))})
}

// lookup gives a variable of an environment, "" if it is not set.
func lookup(env []string, name string) string {
	for _, pair := range env {
		if text, ok := strings.CutPrefix(pair, name+"="); ok {
			return text
		}
	}
	return ""
}
