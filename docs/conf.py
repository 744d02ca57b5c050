"""How Sphinx builds this documentation."""

from importlib.metadata import version as version_of

from sphinx.ext.napoleon import GoogleDocstring

project = "tbtier"
copyright = author = "The tbtier team"
version = release = version_of("tbtier")

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
exclude_patterns = ["examples"]
default_role = "code"

myst_enable_extensions = ["deflist"]
myst_heading_anchors = 2

autodoc_member_order = "bysource"
autodoc_default_options = {"members": True}
autodoc_type_aliases = {"Score": "Score", "Scores": "Scores"}
napoleon_google_docstring = False  # see `setup`
napoleon_numpy_docstring = False

html_theme = "furo"
html_title = f"tbtier {version}"
html_copy_source = False
html_static_path = ["_static"]
html_css_files = ["wrap.css"]


def read_sections(app, what, name, obj, options, lines):  # noqa: ARG001  # Sphinx passes them all
    # Without `what` and `name`, napoleon does not read the text before a colon as the type of an attribute.
    lines[:] = GoogleDocstring(lines, app.config, app).lines()


def setup(app):
    app.connect("autodoc-process-docstring", read_sections)
