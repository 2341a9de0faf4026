@echo off
rem Starts the Pulumi provider for OpenStack Glance on the Node.js that PATH names.
rem Only PATH counts: cmd itself would look into the program's folder first.
set "NODE="
for %%i in (node.exe) do set "NODE=%%~$PATH:i"
if not defined NODE (
  echo pulumi-resource-glance needs Node.js, and PATH names no folder with it: install it from https://nodejs.org. 1>&2
  exit /b 1
)
"%NODE%" "%~dp0main.js" %*
