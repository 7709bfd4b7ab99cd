package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/rung-app/rung/internal/api"
	"github.com/rung-app/rung/internal/fault"
	"github.com/rung-app/rung/internal/importer"
)

type importCmd struct {
	Source     string `arg:"" enum:"trello" help:"The product that the file comes from: trello."`
	File       string `arg:"" help:"Its export: for Trello the JSON file of a board."`
	URL        string `name:"url" placeholder:"URL" help:"The server (also RUNG_URL; default http://127.0.0.1:8080)."`
	Token      string `placeholder:"TOKEN" help:"A personal access token with the scope import (also RUNG_TOKEN)."`
	Workspace  string `placeholder:"SLUG" help:"The workspace's slug or id; not needed if you have only one."`
	Project    string `placeholder:"ID" help:"The project to import into (default: the one of the last time, or a new one)."`
	Checklists string `enum:"markdown,subtasks" default:"markdown" help:"What checklists become: markdown (task lists in the description) or subtasks."`
	TimeZone   string `placeholder:"ZONE" help:"In which due times are written down, such as Europe/Berlin (default: that of your profile)."`
	DryRun     bool   `help:"Only say what would be made, changed and lost."`
	JSON       bool   `name:"json" help:"Print the outcome as JSON."`
}

// Run uploads the file, waits until the server is done with it and prints the report.
func (cmd *importCmd) Run(ctx context.Context, term terminal) error {
	token := cmp.Or(cmd.Token, lookup(term.env, "RUNG_TOKEN"))
	if token == "" {
		return misuseError("a token is needed: give --token or set RUNG_TOKEN")
	}
	client, err := api.NewClient(cmp.Or(cmd.URL, lookup(term.env, "RUNG_URL"), "http://127.0.0.1:8080"), token, &http.Client{})
	if err != nil {
		return misuseError("--url must be an address such as https://rung.example.com")
	}
	file, err := openFile(cmd.File)
	if err != nil {
		return fmt.Errorf("the file can't be read: %w", err)
	}
	defer file.Close()
	workspace := cmd.Workspace
	if workspace == "" {
		if workspace, err = onlyWorkspace(ctx, client); err != nil {
			return err
		}
	}
	begun, err := client.StartImport(ctx, workspace, api.ImportRequest{
		Source: cmd.Source, Name: filepath.Base(cmd.File), File: file, Project: cmd.Project, Checklists: cmd.Checklists,
		TimeZone: cmd.TimeZone, DryRun: cmd.DryRun,
	})
	if err != nil {
		return told(err)
	}
	ended, err := waitForImport(ctx, client, workspace, begun, newProgressBar(term))
	if err != nil {
		return err
	}
	if cmd.JSON {
		err = printJSON(term, ended)
	} else if ended.Report != nil {
		err = printReport(term.out, ended)
	}
	if err == nil && ended.Error != nil {
		err = errors.New(ended.Error.Detail)
	}
	return err
}

// openFile opens a file that is no folder.
func openFile(path string) (*os.File, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	if info, err := file.Stat(); err == nil && info.IsDir() {
		file.Close()
		return nil, fmt.Errorf("%s is a folder", path)
	}
	return file, nil
}

// onlyWorkspace gives the one workspace that the token's owner is in.
func onlyWorkspace(ctx context.Context, client *api.Client) (string, error) {
	all, err := client.Workspaces(ctx)
	switch {
	case fault.KindOf(err) == fault.KindForbidden:
		return "", misuseError("the token may not list your workspaces: say with --workspace which one to import into")
	case err != nil:
		return "", told(err)
	case len(all) == 1:
		return all[0].ID, nil
	case len(all) == 0:
		return "", errors.New("you are in no workspace; make one first")
	}
	slugs := make([]string, len(all))
	for i, w := range all {
		slugs[i] = w.Slug
	}
	return "", misuseError("say with --workspace which one to import into: " + strings.Join(slugs, ", "))
}

// How often the server is asked how far it is, and how long it may be out of reach meanwhile.
const (
	askEvery = 300 * time.Millisecond
	patience = time.Minute
)

// waitForImport shows the progress until the import is over. If ctx ends, the server goes on by itself.
func waitForImport(ctx context.Context, client *api.Client, workspace string, i importer.Import, bar *progressBar) (importer.Import, error) {
	defer bar.clear()
	lost := time.Time{}
	for !i.State.Over() {
		bar.show(i.Progress.Done, i.Progress.Total)
		select {
		case <-ctx.Done():
			return i, errors.New("interrupted; the server goes on with the import")
		case <-time.After(askEvery):
		}
		now, err := client.Import(ctx, workspace, i.ID.String())
		switch {
		case err == nil:
			i, lost = now, time.Time{}
		case ctx.Err() != nil:
		case fault.KindOf(err) != fault.KindUnavailable && fault.KindOf(err) != fault.KindTooMany:
			return i, told(err)
		case lost.IsZero():
			lost = time.Now()
		case time.Since(lost) > patience:
			return i, told(err)
		}
	}
	return i, nil
}

// told is what a server said, without what is for its log.
func told(err error) error {
	f, ok := errors.AsType[*fault.Error](err)
	if !ok {
		return err
	}
	return errors.New(sentence(f.With(nil)))
}

func printJSON(term terminal, v any) error {
	enc := json.NewEncoder(term.out)
	enc.SetIndent("", "  ")
	return enc.Encode(v)
}
