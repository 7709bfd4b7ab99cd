// Package config is what an operator can set. One struct names every setting once; its flag, its variable and its key
// in the file, the documentation and the checks all follow from there.
package config

import (
	"log/slog"
	"net/netip"
	"strings"
)

// Config is the effective configuration of a process. The tags are the documentation: name gives --cache-url,
// RUNG_CACHE_URL and cache_url; kind says how a value is checked (see kinds); doc is for the reader of --help and of
// docs/configuration.md; DATA in a default stands for the data setting, and =x for what x is set to.
type Config struct {
	Addr      string `name:"addr" kind:"listen" default:"127.0.0.1:8080" doc:"Where the web app and the API listen. PORT, as hosting platforms set it, listens on that port of all interfaces instead, unless this is set too."`
	AdminAddr string `name:"admin_addr" kind:"listen off" default:"127.0.0.1:9180" doc:"Where metrics, profiles and health of this process listen. Anyone who can reach it can read them. off: nowhere."`
	PublicURL string `name:"public_url" kind:"public" doc:"The address that people use, such as https://rung.example.com; it may carry a path. Without it no link is mailed and cookies are not marked Secure."`
	Data      string `name:"data" kind:"path" default:"./data" doc:"The folder that holds everything, DATA below. It is made if it is absent."`

	DBURL      string `name:"db_url" kind:"db" default:"sqlite:DATA/rung.db" doc:"The database."`
	AuthDBURL  string `name:"auth_db_url" kind:"db" default:"=db_url" doc:"The database of accounts and sessions."`
	UsersDBURL string `name:"users_db_url" kind:"db" default:"=db_url" doc:"The database of people, workspaces and members."`
	TasksDBURL string `name:"tasks_db_url" kind:"db" default:"=db_url" doc:"The database of projects and tasks."`
	EmptyDB    string `name:"empty_db" kind:"oneof refuse allow" default:"refuse" doc:"What happens when the database of accounts is empty while DATA/rung.db is not used and holds accounts. refuse: Rung does not start, for most likely a setting was lost; allow: it begins anew."`
	CacheURL   string `name:"cache_url" kind:"cache" default:"memory:" doc:"Where pages are cached."`
	JobsURL    string `name:"jobs_url" kind:"jobs" default:"db:" doc:"Where work for later waits. db: is the database itself."`
	EventsURL  string `name:"events_url" kind:"events" default:"db:" doc:"How changes reach open streams. db: is the history in the database itself."`
	SearchURL  string `name:"search_url" kind:"search" default:"db:" doc:"Where texts are searched. db: is the database's own index."`
	FilesURL   string `name:"files_url" kind:"files" default:"file:DATA/files" doc:"Where attached files are kept."`
	MailURL    string `name:"mail_url" kind:"mail" default:"log:" doc:"How mail is sent. log: writes recipient and subject to the log, the text only at level debug; smtp: uses STARTTLS where the server offers it, smtps: TLS from the start."`
	MailFrom   string `name:"mail_from" kind:"address" doc:"Whom mail is from, such as Rung <rung@example.com>. Needed with smtp: and smtps:."`

	Roles          []string       `name:"roles" kind:"roles" default:"all" doc:"Which parts of Rung this process runs."`
	Signup         string         `name:"signup" kind:"oneof invite open closed" default:"invite" doc:"Who may register: with open anyone, with invite who was invited, with closed nobody. The first user comes by the set-up address in any case."`
	TrustedProxies []netip.Prefix `name:"trusted_proxies" kind:"networks" doc:"Addresses and networks of the proxies in front, comma separated, whose X-Forwarded-For is believed."`
	CORSOrigins    []string       `name:"cors_origins" kind:"origins" doc:"Origins of web apps that are served elsewhere, comma separated, such as https://app.example.com."`

	RequestsPerSecond int `name:"requests_per_second" kind:"whole 0 1000000" default:"50" doc:"How many requests a second one client address may make in the long run; ten times as many at once. Addresses of this machine are not limited, and with 0 none is."`
	MaxMembers        int `name:"max_members" kind:"whole 1 1000000" default:"10000" doc:"How many members a workspace may have."`
	MaxProjects       int `name:"max_projects" kind:"whole 1 10000" default:"2000" doc:"How many projects a workspace may have; those in the trash do not count."`
	MaxWorkspaces     int `name:"max_workspaces" kind:"whole 1 100000" default:"50" doc:"How many workspaces one person may own."`

	MaxFile        int64 `name:"max_file" kind:"size 1KiB 4GiB" default:"25MiB" doc:"How large an attached file may be."`
	MaxStorage     int64 `name:"max_storage" kind:"size 0 1PiB" default:"10GiB" doc:"How much room the attached files of a workspace may take, those in its trash too."`
	MinFreeDisk    int   `name:"min_free_disk" kind:"whole 0 50" default:"5" doc:"Below so many percent of free disk nothing is changed any more, while people can still sign in and read; it goes on by itself when a fifth more than that is free. With 0 only a full disk stops it."`
	MaxStreams     int   `name:"max_streams" kind:"whole 1 1000000" default:"20000" doc:"How many live streams of events this process serves at the same time. Each takes a connection, and with that a descriptor."`
	MaxUserStreams int   `name:"max_user_streams" kind:"whole 1 1000000" default:"100" doc:"How many of them one person may have, in all her windows and programs."`
	MaxConnections int   `name:"max_connections" kind:"whole 0 1000000" default:"1000" doc:"How many connections one client address may have at the same time. Addresses of this machine and of trusted proxies may have any number; with 0 all may."`

	HistoryDays int `name:"history_days" kind:"whole 1 3650" default:"90" doc:"For how many days a workspace's events are kept, so that a program that was away can catch up. Tasks and their activity stay."`
	AuditDays   int `name:"audit_days" kind:"whole 1 3650" default:"365" doc:"For how many days the audit log is kept: who signed in, and who changed accounts, members and access."`

	LogFormat string     `name:"log_format" kind:"oneof auto text json" default:"auto" doc:"How the log is written. auto: text on a terminal, JSON otherwise."`
	LogLevel  slog.Level `name:"log_level" kind:"level" default:"info" doc:"The least that is logged: debug, info, warn or error. debug writes the text of mails, with the secrets in them."`

	values []Value
}

// Secure reports whether people reach Rung over https.
func (c *Config) Secure() bool { return strings.HasPrefix(c.PublicURL, "https://") }
