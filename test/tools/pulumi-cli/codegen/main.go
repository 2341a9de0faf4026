// Writes the SDKs of a schema with Pulumi's own generators: `pulumi-codegen SCHEMA FOLDER` makes one folder per language in FOLDER.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"

	dotnet "github.com/pulumi/pulumi-dotnet/pulumi-language-dotnet/v3/codegen"
	"github.com/pulumi/pulumi/pkg/v3/codegen"
	golang "github.com/pulumi/pulumi/pkg/v3/codegen/go"
	"github.com/pulumi/pulumi/pkg/v3/codegen/nodejs"
	"github.com/pulumi/pulumi/pkg/v3/codegen/python"
	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
)

// The files that it writes name this as the tool to run instead of editing them.
const tool = "scripts/sdks.ts"

// Text by path.
type files = map[string][]byte

// By the name of a folder below sdk.
var generators = map[string]func(*schema.Package) (files, error){
	"python": func(pkg *schema.Package) (files, error) {
		return python.GeneratePackage(tool, pkg, nil, alone{})
	},
	"go": func(pkg *schema.Package) (files, error) {
		return golang.GeneratePackage(tool, pkg, nil)
	},
	"nodejs-native": func(pkg *schema.Package) (files, error) {
		return nodejs.GeneratePackage(tool, pkg, nil, nil, false, alone{})
	},
	"dotnet": func(pkg *schema.Package) (files, error) {
		// Of functions this generator alone would write the examples of all languages.
		for _, function := range pkg.Functions {
			function.Comment = codegen.FilterExamples(function.Comment, "csharp")
		}
		return dotnet.GeneratePackage(tool, pkg, nil, nil)
	},
}

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) != 2 {
		return errors.New("usage: pulumi-codegen SCHEMA FOLDER")
	}
	http.DefaultTransport = offline{}
	for language, generate := range generators {
		// Bound anew for each language, because generators change what they are given.
		pkg, err := load(args[0])
		if err != nil {
			return err
		}
		generated, err := generate(pkg)
		if err != nil {
			return fmt.Errorf("%s: %w", language, err)
		}
		if err := write(generated, filepath.Join(args[1], language)); err != nil {
			return err
		}
	}
	return nil
}

func load(file string) (*schema.Package, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var spec schema.PackageSpec
	if err := json.Unmarshal(text, &spec); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	return schema.ImportSpec(spec, nil, alone{}, schema.ValidationOptions{})
}

func write(generated files, folder string) error {
	for path, content := range generated {
		file := filepath.Join(folder, filepath.FromSlash(path))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(file, content, 0o644); err != nil {
			return err
		}
	}
	return nil
}
