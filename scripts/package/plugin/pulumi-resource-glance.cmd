@echo off
rem Starts the Pulumi provider for OpenStack Glance on the Node.js that PATH names.
where /q node
if errorlevel 1 (
  echo pulumi-resource-glance needs Node.js, and PATH names no folder with it: install it from https://nodejs.org. 1>&2
  exit /b 1
)
node "%~dp0main.js" %*
