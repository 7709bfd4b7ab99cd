package system

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// TestWhatTheProgramDoesNotUse looks for what whole classes of holes need, in every file that becomes part of the program.
// What has a reason is listed with it; a new one wants another, and a line in docs/security.md.
func TestWhatTheProgramDoesNotUse(t *testing.T) {
	const (
		command  = "runs other programs"
		unsafe   = "reads memory as it likes"
		template = "makes templates"
		xml      = "reads XML"
		gob      = "decodes into any type"
		weak     = "is a hash or cipher that is not strong"
		guess    = "gives random numbers that can be guessed"
		random   = "gives random numbers that can't"
		crypto   = "is cryptography"
		outgoing = "connects to somewhere"
	)
	imports := map[string]string{
		"os/exec": command, "plugin": command, "unsafe": unsafe, "text/template": template, "html/template": template, "encoding/xml": xml,
		"encoding/gob": gob, "crypto/md5": weak, "crypto/sha1": weak, "crypto/des": weak, "crypto/rc4": weak, "math/rand": guess,
		"math/rand/v2": guess, "crypto/rand": random, "crypto/hmac": crypto, "crypto/ed25519": crypto, "crypto/rsa": crypto,
		"crypto/ecdsa": crypto, "crypto/aes": crypto, "crypto/cipher": crypto, "crypto/tls": crypto, "crypto/subtle": crypto,
		"golang.org/x/crypto/argon2": crypto, "github.com/golang-jwt/jwt/v5": crypto, "net/smtp": outgoing,
		"github.com/wneessen/go-mail": outgoing, "net/http/httputil": outgoing,
	}
	reasons := map[string][]string{
		"internal/auth":    {random, crypto},
		"internal/users":   {random},                            // the secrets of invitations
		"internal/tasks":   {random, crypto},                    // the signatures of files' addresses
		"internal/gateway": {guess, outgoing},                   // ids of requests; a role in another process, which is not wired yet
		"internal/worker":  {guess},                             // pauses
		"internal/mail":    {outgoing},                          // the mail server
		"internal/load":    {guess, template, crypto, outgoing}, // what people do next; a report as a page, in which others' words are escaped; the server that is rehearsed with
		"internal/app":     {guess},                             // what made-up tasks say
		"cmd/rung":         {command},                           // itself, when one process is not enough to make the load
	}
	var constants []string // calls that must be given constants
	for _, root := range []string{"../internal", "../cmd/rung", "../web"} {
		err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			if d.IsDir() && (strings.HasSuffix(path, "test") || d.Name() == "configdoc" || d.Name() == "licensegen" || d.Name() == "node_modules") {
				return fs.SkipDir
			}
			if d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return nil
			}
			file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
			if err != nil {
				return err
			}
			folder := strings.TrimPrefix(filepath.ToSlash(filepath.Dir(path)), "../")
			for _, i := range file.Imports {
				name, err := strconv.Unquote(i.Path.Value)
				if err != nil {
					return err
				}
				if does := imports[name]; does != "" && !slices.Contains(reasons[folder], does) {
					t.Errorf("%s imports %s, which %s", path, name, does)
				}
			}
			ast.Inspect(file, func(n ast.Node) bool {
				call, ok := n.(*ast.CallExpr)
				if !ok || len(call.Args) == 0 {
					if s, ok := n.(*ast.Ident); ok && s.Name == "InsecureSkipVerify" {
						t.Errorf("%s does not verify certificates", path)
					}
					return true
				}
				f, ok := call.Fun.(*ast.SelectorExpr)
				if !ok || f.Sel.Name != "MustCompile" && f.Sel.Name != "Compile" {
					return true
				}
				if x, ok := f.X.(*ast.Ident); ok && x.Name == "regexp" {
					constants = append(constants, path)
					if _, ok := call.Args[0].(*ast.BasicLit); !ok {
						t.Errorf("%s makes a regular expression of something that is no constant", path)
					}
				}
				return true
			})
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if len(constants) == 0 {
		t.Error("no regular expression was looked at")
	}
}
