import { defineCommand } from "../command.js";

export const command = defineCommand({
  examples: [["list-templates", "The names that init --template takes"]],
  async run(_options, terminal) {
    const { projectTemplates } = await import("../project-templates.js");
    const templates = projectTemplates();
    const width = Math.max(...templates.map(({ name }) => name.length));
    const lines = templates.map(({ name, synopsis }) => `  ${name.padEnd(width)}  ${synopsis}\n`);
    terminal.stdout.write(
      `Available templates:\n\n${lines.join("")}\nOne is used by init, as in: sqlembic init --template generic db\n`,
    );
  },
});
