import tseslint from "typescript-eslint";

export default tseslint.config(
  // the schema of a sample is written for a package that is not installed here
  { ignores: ["dist/**", "node_modules/**", "samples/drizzle/db/**"] },
  {
    files: ["**/*.ts"],
    extends: [...tseslint.configs.recommendedTypeChecked],
    languageOptions: {
      parserOptions: { project: ["test/tsconfig.json"], tsconfigRootDir: `${import.meta.dirname}/../..` },
    },
    rules: {
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", ignoreRestSiblings: true }],
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
      // an interface gives the directives that it takes from a list a name, which editors show instead of the list
      "@typescript-eslint/no-empty-object-type": ["error", { allowInterfaces: "with-single-extends" }],
      "no-console": "error",
    },
  },
  { files: ["src/cli/**/*.ts", "test/**/*.ts", "samples/**/*.ts"], rules: { "no-console": "off" } },
);
