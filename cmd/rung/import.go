package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/rung-app/rung/client"
	"github.com/rung-app/rung/internal/config"
	"github.com/rung-app/rung/internal/fault"
	"github.com/rung-app/rung/internal/importer"
)

type importCmd struct {
	Source     string `arg:"" enum:"trello" help:"The product that the file comes from: trello."`
	File       string `arg:"" help:"Its export: for Trello the JSON file of a board."`
	URL        string `name:"url" placeholder:"URL" help:"The server (also RUNG_URL; default http://127.0.0.1:8080)."`
	Token      string `placeholder:"TOKEN" help:"A personal access token with the scope import (also RUNG_TOKEN or RUNG_TOKEN_FILE)."`
	Workspace  string `placeholder:"SLUG" help:"The workspace's slug or id; not needed if you have only one."`
	Project    string `placeholder:"ID" help:"The project to import into (default: the one of the last time, or a new one)."`
	Checklists string `enum:"markdown,subtasks" default:"markdown" help:"What checklists become: markdown (task lists in the description) or subtasks."`
	TimeZone   string `placeholder:"ZONE" help:"In which due times are written down, such as Europe/Berlin (default: that of your profile)."`
	DryRun     bool   `help:"Only say what would be made, changed and lost."`
	JSON       bool   `name:"json" help:"Print the outcome as JSON."`
}

// Run uploads the file, waits until the server is done with it and prints the report.
func (cmd *importCmd) Run(ctx context.Context, term terminal) error {
	token, err := cmd.token(term.env)
	if err != nil {
		return err
	}
	c, err := client.New(cmp.Or(cmd.URL, lookup(term.env, "RUNG_URL"), "http://127.0.0.1:8080"), client.WithToken(token), client.WithUserAgent("rung import"))
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
		if workspace, err = onlyWorkspace(ctx, c); err != nil {
			return err
		}
	}
	in := c.Workspace(workspace)
	begun, err := in.CreateImport(ctx, client.ImportForm{
		Source: cmd.Source, File: client.File{Name: filepath.Base(cmd.File), Reader: file}, Project: cmd.Project, Checklists: cmd.Checklists,
		TimeZone: cmd.TimeZone, DryRun: cmd.DryRun,
	})
	if err != nil {
		return told(err)
	}
	ended, err := waitForImport(ctx, in, begun, newProgressBar(term))
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

// token is what the server is to know the caller by. A secret may come from a file.
func (cmd *importCmd) token(env []string) (string, error) {
	token, file := cmp.Or(cmd.Token, lookup(env, "RUNG_TOKEN")), lookup(env, "RUNG_TOKEN_FILE")
	switch {
	case file == "" && token == "":
		return "", misuseError("a token is needed: give --token or set RUNG_TOKEN or RUNG_TOKEN_FILE")
	case cmd.Token != "" || file == "":
		return token, nil
	case token != "":
		return "", misuseError("RUNG_TOKEN and RUNG_TOKEN_FILE are both set; set one of them")
	}
	token, err := config.ReadSecret(file)
	if err == nil && token == "" {
		err = errors.New("names a file that is empty")
	}
	if err != nil {
		return "", misuseError("RUNG_TOKEN_FILE " + err.Error())
	}
	return token, nil
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
func onlyWorkspace(ctx context.Context, c *client.Client) (string, error) {
	page, err := c.ListWorkspaces(ctx, client.Page{Limit: 200})
	all := page.Items
	switch {
	case errors.Is(err, client.ErrForbidden):
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
func waitForImport(ctx context.Context, in *client.WorkspaceClient, i client.Import, bar *progressBar) (client.Import, error) {
	defer bar.clear()
	lost := time.Time{}
	for !importer.State(i.State).Over() {
		bar.show(i.Progress.Done, i.Progress.Total)
		select {
		case <-ctx.Done():
			return i, errors.New("interrupted; the server goes on with the import")
		case <-time.After(askEvery):
		}
		now, err := in.GetImport(ctx, i.ID)
		switch {
		case err == nil:
			i, lost = now, time.Time{}
		case ctx.Err() != nil:
		case isRefusal(err):
			return i, told(err)
		case lost.IsZero():
			lost = time.Now()
		case time.Since(lost) > patience:
			return i, told(err)
		}
	}
	return i, nil
}

// isRefusal reports whether asking again would be of no use.
func isRefusal(err error) bool {
	_, said := errors.AsType[*client.Error](err)
	return said && !errors.Is(err, client.ErrUnavailable) && !errors.Is(err, client.ErrTooMany)
}

// What is said of a server that says nothing.
const (
	noRung   = "The server's answer can't be read; is this the address of a Rung server?"
	noServer = "There is no server of that name; is the address right?"
	noAnswer = "The server can't be reached; is the address right, and does it run?"
)

// told is what a server said, or why it said nothing, in a sentence.
func told(err error) error {
	refused, said := errors.AsType[*client.Error](err)
	_, noName := errors.AsType[*net.DNSError](err)
	switch {
	case errors.Is(err, context.Canceled):
		return err
	case said && len(refused.Fields) > 0:
		var all []string
		for _, f := range refused.Fields {
			all = append(all, f.Field+" "+f.Message)
		}
		return errors.New(strings.Join(all, "; "))
	case said:
		return errors.New(refused.Detail)
	case errors.Is(err, client.ErrUnexpected):
		return fault.New(fault.KindUnavailable, "no-answer", noRung)
	case noName:
		return fault.New(fault.KindUnavailable, "no-answer", noServer)
	default:
		return fault.New(fault.KindUnavailable, "no-answer", noAnswer)
	}
}

func printJSON(term terminal, v any) error {
	enc := json.NewEncoder(term.out)
	enc.SetIndent("", "  ")
	return enc.Encode(v)
}
