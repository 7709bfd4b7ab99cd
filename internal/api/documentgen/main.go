// Command documentgen writes the OpenAPI document, as a server without a path of its own serves it, to its output: the
// types of the web app are made from it.
package main

import (
	"fmt"
	"os"

	"github.com/rung-app/rung/internal/api"
)

func main() {
	text, err := api.Describe("")
	if err == nil {
		_, err = os.Stdout.Write(text)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "documentgen:", err)
		os.Exit(1)
	}
}
